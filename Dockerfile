# Handrail needs Node 20.19 or newer; this tag follows the newest release of the 20 line.
ARG NODE_IMAGE=node:20-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY .swcrc ./
COPY scripts scripts
COPY migrations migrations
COPY src src
RUN npm run build

# Without the optional packages the embedded PostgreSQL stays outside: production names its own database.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json schema.graphql walls.json LICENSE ./
COPY rules rules
# A volume mounted here takes the owner over.
RUN mkdir -p /var/lib/handrail && chown node:node /var/lib/handrail
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The same image does the rest under another command: node dist/src/worker.js, node dist/src/cli/migrate.js
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
