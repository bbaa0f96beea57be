import { Controller, Get, Header, NotFoundException, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../auth/access.decorator';
import { Settings } from '../config';
import { DevelopmentOutbox, type KeptMessage } from './development-outbox';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${String(sign.codePointAt(0))};`);

const rowOf = ({ at, channel, address, subject, text }: KeptMessage): string =>
  `<tr><td>${escaped(at)}<td>${channel}<td>${escaped(address)}<td><b>${escaped(subject)}</b><pre>${escaped(text)}</pre>`;

/** Plain HTML: no script, no style from elsewhere, nothing that the headers of the door would have to open up for. */
const pageOf = (messages: readonly KeptMessage[]): string =>
  [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Handrail: development outbox</title>',
    '<h1>Development outbox</h1><p>Nothing here left this machine. The newest first; <a href="/outbox.json">as JSON</a>.',
    '<table border="1" cellpadding="6"><tr><th>at<th>channel<th>to<th>message',
    ...messages.map(rowOf),
    messages.length === 0 ? '<tr><td colspan="4">No message yet.' : '',
    '</table></html>',
  ].join('\n');

/** What `npm start` would have sent. Not there where the outbox is off, and production refuses to have it on. */
@Controller()
export class OutboxController {
  constructor(
    private readonly settings: Settings,
    private readonly outbox: DevelopmentOutbox,
  ) {}

  @Access('public')
  @Get('outbox')
  @Header('content-type', 'text/html; charset=utf-8')
  async page(): Promise<string> {
    return pageOf(await this.#messages());
  }

  @Access('public')
  @Get('outbox.json')
  async list(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ messages: KeptMessage[] }> {
    const messages = await this.#messages();
    void reply.header('content-type', 'application/json; charset=utf-8');
    return { messages };
  }

  #messages(): Promise<KeptMessage[]> {
    if (!this.settings.messaging.hasOutbox || this.settings.isProduction) throw new NotFoundException();
    return this.outbox.messages();
  }
}
