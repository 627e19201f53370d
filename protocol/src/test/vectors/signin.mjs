// What keys sign to sign in: EIP-4361 texts with personal_sign for wallets, 132 bytes for BLS keys.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex as hex, concatBytes as cat, utf8ToBytes as ascii } from '@noble/hashes/utils.js';

const digestOf = (text) => keccak_256(ascii(`\x19Ethereum Signed Message:\n${ascii(text).length}${text}`));
const personalSign = (text, key) => {
  const signature = secp256k1.sign(digestOf(text), key.secret, { prehash: false, format: 'recovered' });
  return cat(signature.slice(1), Uint8Array.of(27 + signature[0]));
};

const textOf = (m) => [
  `${m.scheme === undefined ? '' : m.scheme + '://'}${m.domain} wants you to sign in with your Ethereum account:`,
  m.address,
  '',
  ...(m.statement === undefined ? [] : [m.statement]),
  '',
  `URI: ${m.uri}`,
  'Version: 1',
  `Chain ID: ${m.chain_id}`,
  `Nonce: ${m.nonce}`,
  `Issued At: ${m.issued_at}`,
  ...(m.expiration_time === undefined ? [] : [`Expiration Time: ${m.expiration_time}`]),
  ...(m.not_before === undefined ? [] : [`Not Before: ${m.not_before}`]),
  ...(m.request_id === undefined ? [] : [`Request ID: ${m.request_id}`]),
  ...(m.resources === undefined ? [] : ['Resources:', ...m.resources.map((r) => `- ${r}`)]),
].join('\n');

const uris = (n) => Array.from({ length: n }, (_, i) => `https://tracker.example/resource/${i}`);

export function signIn({ be, blsKey, blsSign, wallet, instanceId }) {
  const signer = wallet('59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d');
  const nonce = hex(keccak_256(ascii('a login nonce')).slice(0, 16));
  const base = {
    domain: 'tracker.example', address: signer.checksummed, statement: 'Sign in, please.', uri: 'https://tracker.example/sign-in',
    chain_id: '31337', nonce, issued_at: '2023-11-14T22:13:20Z',
  };
  const without = (name) => Object.fromEntries(Object.entries(base).filter(([key]) => key !== name));
  const longest = (extra) => {
    const room = 4096 - textOf({ ...base, request_id: '' }).length;
    return { ...base, request_id: 'x'.repeat(room + extra) };
  };

  // ---- texts to take
  const messages = Object.entries({
    'every required field': base,
    'no statement': without('statement'),
    'an empty statement': { ...base, statement: '' },
    'a statement of every character': { ...base, statement: "azAZ09 -._~ :/?#[]@ !$&'()*+,;=" },
    'a statement that looks like a field': { ...base, statement: 'URI: https://elsewhere.example/' },
    'a scheme': { ...base, scheme: 'https' },
    'an unusual scheme': { ...base, scheme: 'web+pbts-1.0' },
    'a port': { ...base, domain: 'tracker.example:8443' },
    'user information': { ...base, domain: 'user:pass%20word@tracker.example' },
    'an IPv4 address': { ...base, domain: '127.0.0.1:8000', uri: 'http://127.0.0.1:8000/sign-in' },
    'an IPv6 address': { ...base, domain: '[2001:db8::1]:8000', uri: 'http://[2001:db8::1]:8000/sign-in' },
    'an IPv6 address of eight groups': { ...base, domain: '[1:2:3:4:5:6:7:8]' },
    'an IPv6 address with an IPv4 tail': { ...base, domain: '[::ffff:192.0.2.1]' },
    'an address of the future': { ...base, domain: '[v1f.a:b]' },
    'a URI with query and fragment': { ...base, uri: 'https://u@tracker.example:1/a;b/%7Ec//d?e=f/?g#h/?i' },
    'a URI without authority': { ...base, uri: 'did:key:z6Mk' },
    'a URI with nothing after the scheme': { ...base, uri: 'x:' },
    'a URI with an empty authority': { ...base, uri: 'file:///etc/motd' },
    'the largest chain id': { ...base, chain_id: '9223372036854775807' },
    'the shortest nonce': { ...base, nonce: 'aZ09bY18' },
    'nine digits of a second': { ...base, issued_at: '2023-11-14T22:13:20.123456789Z' },
    'one digit of a second': { ...base, issued_at: '2023-11-14T22:13:20.5Z' },
    'a time east of Greenwich': { ...base, issued_at: '2023-11-15T03:58:20+05:45' },
    'a time far west': { ...base, issued_at: '2023-11-13T22:14:20-23:59' },
    'a time of unknown offset': { ...base, issued_at: '2023-11-14T22:13:20-00:00' },
    'a leap day': { ...base, issued_at: '2024-02-29T00:00:00Z' },
    'the first and the last second of a calendar': { ...base, issued_at: '0000-01-01T00:00:00Z', expiration_time: '9999-12-31T23:59:59Z' },
    'all fields': {
      ...base, scheme: 'https', expiration_time: '2023-11-14T22:18:20Z', not_before: '2023-11-14T22:13:00.000Z',
      request_id: "Az09-._~%2F!$&'()*+,;=:@", resources: ['ipfs://bafybei/', 'https://tracker.example/terms.json'],
    },
    'an empty request id': { ...base, request_id: '' },
    'a not-before time alone': { ...base, not_before: '2023-11-14T22:13:00Z' },
    'resources without any': { ...base, resources: [] },
    'sixteen resources': { ...base, resources: uris(16) },
    'the longest text': longest(0),
  }).map(([name, m]) => ({
    name, ...m, issued_at_ms: Date.parse(m.issued_at), text: textOf(m), digest: hex(digestOf(textOf(m))),
    signature: hex(personalSign(textOf(m), signer)),
  }));

  // ---- texts to refuse
  const good = textOf({ ...base, expiration_time: '2023-11-14T22:18:20Z', not_before: '2023-11-14T22:13:00Z', request_id: 'id', resources: uris(2) });
  const lines = good.split('\n');
  const swap = (from, to) => { if (!good.includes(from)) throw new Error(from); return good.replace(from, () => to); };
  const drop = (start) => lines.filter((line) => !line.startsWith(start)).join('\n');
  const twice = (start) => lines.flatMap((line) => (line.startsWith(start) ? [line, line] : [line])).join('\n');
  const exchange = (i, j) => lines.map((line, at) => (at === i ? lines[j] : at === j ? lines[i] : line)).join('\n');
  const line = (start) => lines.findIndex((l) => l.startsWith(start));
  const at = (start, text) => lines.map((l) => (l.startsWith(start) ? start + text : l)).join('\n');
  const domain = (text) => swap('tracker.example wants', `${text} wants`);
  const uri = (text) => at('URI: ', text);
  const issued = (text) => at('Issued At: ', text);
  const refused = [
    ['TOO_LONG', {
      'one character too many': textOf(longest(1)),
      'very long': 'x'.repeat(1 << 20),
      'very many lines': '\n'.repeat(1 << 16),
    }],
    ['CHARACTER', {
      'carriage returns': lines.join('\r\n'),
      'a carriage return at the end': good + '\r',
      'a NUL': swap('please', 'ple\0ase'),
      'a tab': swap('Sign in,', 'Sign\tin,'),
      'a delete character': swap('please', 'please\x7f'),
      'an escape sequence': swap('please', '\x1b[31mplease'),
      'a right-to-left override': swap('please', '\u202eplease'),
      'a bidi isolate in the domain': domain('tracker\u2066.example'),
      'a zero-width space in the domain': domain('tracker\u200b.example'),
      'a Cyrillic letter in the domain': domain('tr\u0430cker.example'),
      'a full-width colon': swap('URI:', 'URI\uff1a'),
      'a line separator': swap('Version', '\u2028Version'),
      'a non-breaking space': swap('Sign in', 'Sign\u00a0in'),
      'a byte order mark': '\ufeff' + good,
      'digits of another script': at('Chain ID: ', '\u0663\u0661'),
      'half a surrogate pair': swap('please', '\ud83d'),
    }],
    ['HEADER', {
      'nothing': '',
      'another first line': swap('wants you to sign in', 'wants you to log in'),
      'a first line in capitals': swap('wants you', 'WANTS YOU'),
      'a first line without colon': swap('account:', 'account'),
      'a space after the first line': swap('account:', 'account: '),
      'an empty line before the first': '\n' + good,
      'JSON': JSON.stringify(base),
    }],
    ['SCHEME', {
      'an empty scheme': domain('://tracker.example'),
      'a scheme that starts with a digit': domain('1http://tracker.example'),
      'a scheme with an underscore': domain('ht_tp://tracker.example'),
    }],
    ['DOMAIN', {
      'no domain': domain(''),
      'a port without a host': domain(':8000'),
      'a user without a host': domain('user@'),
      'a port of letters': domain('tracker.example:http'),
      'two ports': domain('tracker.example:1:2'),
      'two users': domain('a@b@tracker.example'),
      'a path in the domain': domain('tracker.example/path'),
      'a query in the domain': domain('tracker.example?q'),
      'a space in the domain': domain('tracker .example'),
      'two schemes': domain('https://https://tracker.example'),
      'half a percent sign': domain('tracker%2.example'),
      'an IPv6 address of nine groups': domain('[1:2:3:4:5:6:7:8:9]'),
      'an IPv6 address of seven groups': domain('[1:2:3:4:5:6:7]'),
      'an IPv6 address with two gaps': domain('[1::2::3]'),
      'an IPv6 address with a gap for nothing': domain('[1:2:3:4::5:6:7:8]'),
      'an IPv6 group of five digits': domain('[::12345]'),
      'an IPv6 address with a bad tail': domain('[::ffff:192.0.2.256]'),
      'an IPv6 address with a zone': domain('[fe80::1%25eth0]'),
      'an IPv6 address that does not end': domain('[::1'),
      'text after an IPv6 address': domain('[::1]x'),
      'an address of the future without a number': domain('[v.a]'),
    }],
    ['ADDRESS', {
      'the first line alone': lines[0],
      'a lower-case address': swap(signer.checksummed, signer.checksummed.toLowerCase()),
      'an upper-case address': swap(signer.checksummed, '0x' + signer.checksummed.slice(2).toUpperCase()),
      'a wrong checksum': swap('C51812', 'c51812'),
      'a capital X': swap('0x', '0X'),
      'no prefix': swap('0x', ''),
      'an address of 39 digits': swap('79C8', '79C'),
      'an address of 41 digits': swap('79C8', '79C80'),
      'a name instead of an address': swap(signer.checksummed, 'alice.eth'),
      'a space after the address': swap('79C8', '79C8 '),
      'no address': drop('0x'),
    }],
    ['BLANK_LINE', {
      'no empty line after the address': swap('79C8\n\n', '79C8\n'),
      'no empty line before the URI': swap('please.\n\n', 'please.\n'),
      'two statements': swap('please.\n', 'please.\nAnd stay.\n'),
      'a space in the empty line': swap('79C8\n\n', '79C8\n \n'),
      'the address alone': lines.slice(0, 2).join('\n'),
      'one empty line without a statement': swap('Sign in, please.\n\n', ''),
    }],
    ['STATEMENT', {
      'a quotation mark': swap('please', '"please"'),
      'a percent sign': swap('please', '100%'),
      'a backslash': swap('please', 'please\\n'),
      'markup': swap('please', '<b>please</b>'),
      'a brace': swap('please', '{please}'),
    }],
    ['URI', {
      'no URI': drop('URI: '),
      'a URI in lower case': swap('URI: ', 'uri: '),
      'no space after the colon': swap('URI: ', 'URI:'),
      'two spaces after the colon': swap('URI: ', 'URI:  '),
      'a space before the label': swap('URI: ', ' URI: '),
      'four empty lines': swap('Sign in, please.\n', '\n\n'),
      'an empty URI': uri(''),
      'a relative URI': uri('/sign-in'),
      'a URI without scheme': uri('//tracker.example/sign-in'),
      'a URI with a space': uri('https://tracker.example/sign in'),
      'a URI with a bad escape': uri('https://tracker.example/%zz'),
      'a URI that ends in an escape': uri('https://tracker.example/%4'),
      'a URI with a bracket in its path': uri('https://tracker.example/[1]'),
      'a URI with two fragments': uri('https://tracker.example/#a#b'),
      'a URI with a backslash': uri('https://tracker.example\\@elsewhere.example/'),
      'a URI in angle brackets': uri('<https://tracker.example/>'),
      'a URI with a bad port': uri('https://tracker.example:80a/'),
      'URI and version exchanged': exchange(line('URI: '), line('Version: ')),
    }],
    ['VERSION', {
      'version 2': at('Version: ', '2'), 'version 01': at('Version: ', '01'), 'version 1.0': at('Version: ', '1.0'),
      'an empty version': at('Version: ', ''), 'a space after the version': at('Version: ', '1 '), 'no version': drop('Version: '),
      'the URI twice': twice('URI: '),
    }],
    ['CHAIN_ID', {
      'chain 0': at('Chain ID: ', '0'), 'a leading zero': at('Chain ID: ', '01'), 'a negative chain': at('Chain ID: ', '-1'),
      'a signed chain': at('Chain ID: ', '+1'), 'a hexadecimal chain': at('Chain ID: ', '0x1'), 'an empty chain': at('Chain ID: ', ''),
      'a chain id of 64 bits': at('Chain ID: ', '9223372036854775808'), 'a very long chain id': at('Chain ID: ', '9'.repeat(2000)),
      'no chain id': drop('Chain ID: '), 'the version twice': twice('Version: '),
      'chain id and nonce exchanged': exchange(line('Chain ID: '), line('Nonce: ')),
    }],
    ['NONCE', {
      'a nonce of 7 characters': at('Nonce: ', 'abcdefg'), 'an empty nonce': at('Nonce: ', ''), 'a nonce with a hyphen': at('Nonce: ', 'abcd-efgh'),
      'a nonce with a space': at('Nonce: ', 'abcd efgh'), 'a nonce with an underscore': at('Nonce: ', 'abcd_efgh'),
      'no nonce': drop('Nonce: '), 'the chain id twice': twice('Chain ID: '),
    }],
    ['ISSUED_AT', {
      'no issue time': drop('Issued At: '), 'the nonce twice': twice('Nonce: '), 'an empty time': issued(''), 'a number': issued('1700000000'),
      'a date without time': issued('2023-11-14'), 'no offset': issued('2023-11-14T22:13:20'), 'a space between date and time': issued('2023-11-14 22:13:20Z'),
      'a lower-case T': issued('2023-11-14t22:13:20Z'), 'a lower-case Z': issued('2023-11-14T22:13:20z'),
      'an offset without colon': issued('2023-11-14T22:13:20+0100'), 'an offset of hours': issued('2023-11-14T22:13:20+01'),
      'an offset of 24 hours': issued('2023-11-14T22:13:20+24:00'), 'an offset of 60 minutes': issued('2023-11-14T22:13:20+01:60'),
      'an offset with seconds': issued('2023-11-14T22:13:20+01:00:00'), 'two offsets': issued('2023-11-14T22:13:20Z+00:00'),
      'a named zone': issued('2023-11-14T22:13:20 UTC'), 'a zone in brackets': issued('2023-11-14T22:13:20Z[UTC]'),
      'the thirtieth of February': issued('2024-02-30T00:00:00Z'), 'the leap day of no leap year': issued('2023-02-29T00:00:00Z'),
      'month 13': issued('2023-13-01T00:00:00Z'), 'month 0': issued('2023-00-01T00:00:00Z'), 'day 0': issued('2023-01-00T00:00:00Z'),
      'hour 24': issued('2023-11-14T24:00:00Z'), 'minute 60': issued('2023-11-14T22:60:00Z'), 'second 61': issued('2023-11-14T22:13:61Z'),
      'a leap second': issued('2016-12-31T23:59:60Z'), 'year 10000': issued('10000-01-01T00:00:00Z'), 'a signed year': issued('+10000-01-01T00:00:00Z'),
      'a year of two digits': issued('23-11-14T22:13:20Z'), 'a fraction without digits': issued('2023-11-14T22:13:20.Z'),
      'ten digits of a second': issued('2023-11-14T22:13:20.1234567890Z'), 'a comma before the fraction': issued('2023-11-14T22:13:20,5Z'),
      'no seconds': issued('2023-11-14T22:13Z'), 'a week date': issued('2023-W46-2T22:13:20Z'), 'a space after the time': issued('2023-11-14T22:13:20Z '),
    }],
    ['EXPIRATION_TIME', { 'never': at('Expiration Time: ', 'never'), 'an empty expiration time': at('Expiration Time: ', '') }],
    ['NOT_BEFORE', { 'always': at('Not Before: ', 'always'), 'a date for not-before': at('Not Before: ', '2023-11-14') }],
    ['REQUEST_ID', {
      'a space in the request id': at('Request ID: ', 'a b'), 'a slash in the request id': at('Request ID: ', 'a/b'),
      'a bad escape in the request id': at('Request ID: ', '%G0'), 'a question mark in the request id': at('Request ID: ', 'a?'),
    }],
    ['RESOURCE', {
      'a resource without dash': swap('- https', 'https'), 'a resource without space': swap('- https', '-https'),
      'a resource with a star': swap('- https', '* https'), 'a relative resource': swap('- https://tracker.example/resource/0', '- resource/0'),
      'an empty resource': swap('- https://tracker.example/resource/0', '- '), 'an empty line between resources': swap('\n- https', '\n\n- https'),
      'a line feed at the end': good + '\n', 'the resources twice': good + '\nResources:', 'a field after the resources': good + '\nRequest ID: id',
    }],
    ['TOO_MANY_RESOURCES', { 'seventeen resources': textOf({ ...base, resources: uris(17) }) }],
    ['UNEXPECTED_LINE', {
      'a line feed after the last field': textOf(base) + '\n', 'the issue time twice': twice('Issued At: '),
      'the expiration time twice': twice('Expiration Time: '), 'the request id twice': twice('Request ID: '),
      'not-before before expiration': exchange(line('Expiration Time: '), line('Not Before: ')),
      'request id before not-before': exchange(line('Not Before: '), line('Request ID: ')),
      'an unknown field': textOf(base) + '\nColour: green', 'resources on the line of their label': textOf(base) + '\nResources: https://tracker.example/',
      'no line feed before the resources': swap('\nResources:', 'Resources:').replace('idResources:', 'id\nresources:'),
    }],
  ].flatMap(([reason, texts]) => Object.entries(texts).map(([name, text]) => ({ name, reason, text })));
  if (refused.some(({ text }) => text === good)) throw new Error('a refused text that is good');
  for (const item of refused.filter(({ text }) => text.length > 10000)) {
    item.repeat = { character: item.text[0], times: item.text.length };
    delete item.text;
  }

  // ---- the challenges of a tracker
  const site = { public_url: 'https://tracker.example', chain_id: 31337, instance_id: hex(instanceId) };
  const challenge = { address: signer.checksummed, nonce, issued_at: 1700000000, expiry: 1700000300 };
  const purposes = {
    'sign-in': [1, `Sign in to PBTS ${hex(instanceId)}.`],
    'register': [2, `Register an account with PBTS ${hex(instanceId)}.`],
    'add-key': [3, `Add this wallet to your account with PBTS ${hex(instanceId)}.`],
  };
  const seconds = (time) => new Date(time * 1000).toISOString().replace('.000Z', 'Z');
  const wallets = Object.entries(purposes).map(([purpose, [, statement]]) => {
    const text = textOf({
      domain: 'tracker.example', address: signer.checksummed, statement, uri: `${site.public_url}/${purpose}`, chain_id: site.chain_id,
      nonce, issued_at: seconds(challenge.issued_at), expiration_time: seconds(challenge.expiry),
    });
    return { purpose, ...challenge, text, digest: hex(digestOf(text)), signature: hex(personalSign(text, signer)) };
  });
  const blsLogin = (purpose, key, nonceBytes, expiry) => {
    const bytes = cat(ascii('PBTS-LOGIN'), be(1, 1), be(purposes[purpose][0], 1), instanceId, key.publicKey, new Uint8Array(16), nonceBytes, be(expiry, 8));
    return {
      purpose, instance_id: hex(instanceId), secret_key: hex(key.secret), public_key: hex(key.publicKey), nonce: hex(nonceBytes),
      expiry: String(expiry), signed_bytes: hex(bytes), signature: hex(blsSign(bytes, key)),
    };
  };
  const nonceBytes = keccak_256(ascii('a login nonce')).slice(0, 16);
  const bls = [
    ...Object.keys(purposes).map((purpose) => blsLogin(purpose, blsKey(2), nonceBytes, challenge.expiry)),
    blsLogin('sign-in', blsKey(3), new Uint8Array(16), 0),
    blsLogin('sign-in', blsKey(3), new Uint8Array(16).fill(255), (1n << 63n) - 1n),
  ];
  return { secret_key: hex(signer.secret), site, wallets, bls, messages, refused };
}
