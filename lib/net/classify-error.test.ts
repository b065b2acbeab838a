import { describe, expect, it } from 'vitest';
import { classifyError } from './classify-error';

const withCode = (code: string, cause?: Error) => Object.assign(new Error(code, { cause }), { code });

describe('classifyError', () => {
  it.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['ECONNREFUSED', 'connect'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['UND_ERR_SOCKET', 'reset'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['EPROTO', 'no-https'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'no-https'],
    ['Z_DATA_ERROR', 'bad-encoding'],
    ['HPE_INVALID_CONSTANT', 'bad-response'],
    ['BLOCKED_PORT', 'blocked-port'],
  ])('%s is told as %s', (code, told) => {
    expect(classifyError(withCode(code), 'example.org')?.code).toBe(told);
  });

  it('looks into what an error wraps', () => {
    expect(classifyError(new Error('fetch failed', { cause: withCode('ECONNREFUSED') }), 'x')?.code).toBe(
      'connect',
    );
    expect(classifyError(new AggregateError([withCode('ENETUNREACH')]), 'x')?.code).toBe('connect');
  });

  it('names the server, and leaves bugs alone', () => {
    expect(classifyError(withCode('ENOTFOUND'), 'example.org')?.message).toContain('example.org');
    expect(classifyError(new TypeError('a bug'), 'x')).toBeNull();
    expect(classifyError('text', 'x')).toBeNull();
  });
});
