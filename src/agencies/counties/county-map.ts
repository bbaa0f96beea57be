import { readFileSync } from 'node:fs';
import { geoBounds, geoCentroid, geoContains } from 'd3-geo';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { feature, neighbors } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { fullNameOf } from './county-titles';
import { stateOfFips } from './states';

/** A county or county-equivalent (parish, borough, independent city, municipio). */
export interface County {
  /** Five-digit FIPS code. */
  readonly fips: string;
  /** Short name without "County" or "Parish". Not unique, even inside a state (Baltimore city and county). */
  readonly name: string;
  /** With what it is: `Ross County`, `Orleans Parish`, `Baltimore city`. */
  readonly fullName: string;
  /** USPS code. */
  readonly state: string;
  readonly stateName: string;
  /** Centroid of the land area, degrees, WGS 84. */
  readonly centroid: { readonly latitude: number; readonly longitude: number };
  /** FIPS codes of counties that share a stretch of land border; contact in one point or across water is none. */
  readonly neighbours: readonly string[];
}

export type CountyShape = Feature<Polygon | MultiPolygon, { name: string }>;

/** `[[west, south], [east, north]]`; west is greater than east where a box crosses the antimeridian (Aleutians). */
type Box = [[number, number], [number, number]];

type AtlasTopology = Topology<{
  counties: GeometryCollection<{ name: string }>;
  states: GeometryCollection<{ name: string }>;
}>;

const nameOf = (geometry: { readonly properties?: { readonly name?: string } | undefined }): string =>
  geometry.properties?.name ?? '';

const cellAt = (latitude: number, longitude: number): string => `${Math.floor(latitude)},${Math.floor(longitude)}`;

const cellsOf = ([[west, south], [east, north]]: Box): string[] => {
  const cells: string[] = [];
  const end = west <= east ? east : east + 360;
  for (let latitude = Math.floor(south); latitude <= north; latitude += 1) {
    for (let longitude = Math.floor(west); longitude <= end; longitude += 1) {
      cells.push(cellAt(latitude, longitude >= 180 ? longitude - 360 : longitude));
    }
  }
  return cells;
};

/**
 * Counties whose box meets a cell of one square degree, by `latitude,longitude` of its south-west corner. In a fixed order: a point
 * on a border belongs to the lower code, whatever order the file has.
 */
const cellsOfAll = (shapes: ReadonlyMap<string, CountyShape>): Map<string, string[]> => {
  const cells = new Map<string, string[]>();
  for (const [fips, shape] of shapes) {
    for (const cell of cellsOf(geoBounds(shape))) cells.set(cell, [...(cells.get(cell) ?? []), fips]);
  }
  for (const candidates of cells.values()) candidates.sort();
  return cells;
};

/** Worked out when asked for: of three thousand counties a process needs a few. */
const centroidOf = (shape: CountyShape): County['centroid'] => {
  const [longitude, latitude] = geoCentroid(shape);
  return { latitude, longitude };
};

/** Names, shapes and neighbours of all counties, from the public-domain Census map that `us-atlas` packages. */
export class CountyMap {
  private readonly byFips = new Map<string, County>();
  private readonly shapes = new Map<string, CountyShape>();
  private cells: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(atlas: AtlasTopology) {
    const { geometries } = atlas.objects.counties;
    const fipsAt = geometries.map(({ id }) => String(id));
    const stateNames = new Map(atlas.objects.states.geometries.map((state) => [String(state.id), nameOf(state)]));
    const touching = neighbors(geometries);
    const collection = feature(atlas, atlas.objects.counties);
    collection.features.forEach((shape, index) => {
      const fips = fipsAt[index] ?? '';
      this.shapes.set(fips, shape as CountyShape);
      const state = stateOfFips(fips) ?? '';
      this.byFips.set(fips, {
        fips,
        name: shape.properties.name,
        fullName: fullNameOf(fips, shape.properties.name, state),
        state,
        stateName: stateNames.get(fips.slice(0, 2)) ?? '',
        get centroid() {
          return centroidOf(shape as CountyShape);
        },
        // A county in several pieces can share an arc with itself.
        neighbours: (touching[index] ?? [])
          .filter((other) => other !== index)
          .map((other) => fipsAt[other] ?? '')
          .sort(),
      });
    });
  }

  county(fips: string): County | null {
    return this.byFips.get(fips) ?? null;
  }

  /** As it is named to the public: `Ross County, Ohio`. */
  titleOf(fips: string): string | null {
    const county = this.county(fips);
    if (county === null) return null;
    return county.fullName === county.stateName ? county.fullName : `${county.fullName}, ${county.stateName}`;
  }

  isCounty(fips: string): boolean {
    return this.byFips.has(fips);
  }

  shapeOf(fips: string): CountyShape | null {
    return this.shapes.get(fips) ?? null;
  }

  all(): County[] {
    return [...this.byFips.values()].sort((left, right) => left.fips.localeCompare(right.fips));
  }

  countiesOfState(usps: string): County[] {
    return this.all().filter(({ state }) => state === usps);
  }

  /** FIPS code of the county a point (degrees, WGS 84) lies in; `null` at sea and abroad. */
  countyAt(latitude: number, longitude: number): string | null {
    this.cells ??= cellsOfAll(this.shapes);
    for (const fips of this.cells.get(cellAt(latitude, longitude)) ?? []) {
      const shape = this.shapes.get(fips);
      if (shape && geoContains(shape, [longitude, latitude])) return fips;
    }
    return null;
  }
}

let loaded: CountyMap | undefined;

/** The county map, built on first use and kept; its first point takes a third of a second more. */
export const counties = (): CountyMap => {
  loaded ??= new CountyMap(
    JSON.parse(readFileSync(require.resolve('us-atlas/counties-10m.json'), 'utf8')) as AtlasTopology,
  );
  return loaded;
};
