import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import * as XLSX from '@e965/xlsx';

type Streams = Readonly<Record<string, Buffer>>;

/** A folder of streams, as old Office files and those under a password are. */
export function compoundFile(streams: Streams): Buffer {
  const container = XLSX.CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) XLSX.CFB.utils.cfb_add(container, `/${name}`, content);
  return Buffer.from(XLSX.CFB.write(container, { type: 'buffer' }));
}

const hashOf = (...parts: Buffer[]) => createHash('sha512').update(Buffer.concat(parts)).digest();
const number = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((16 - (bytes.length % 16)) % 16)]);
const sealed = (key: Buffer, iv: Buffer, bytes: Buffer) => {
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(padded(bytes)), cipher.final()]);
};

/** A workbook as Excel encrypts it with a password ("agile": AES-256, SHA-512), with fewer rounds than Excel's. */
export function encryptedWorkbook(workbook: Buffer, password: string): Buffer {
  const rounds = 1_000;
  const [keySalt, passwordSalt, secret, verifier] = [16, 16, 32, 16].map((size) => randomBytes(size)) as [
    ...[Buffer, Buffer, Buffer, Buffer],
  ];
  let hash = hashOf(passwordSalt, Buffer.from(password, 'utf16le'));
  for (let round = 0; round < rounds; round += 1) hash = hashOf(number(round), hash);
  const underPassword = (block: string, bytes: Buffer) =>
    sealed(hashOf(hash, Buffer.from(block, 'hex')).subarray(0, 32), passwordSalt, bytes).toString('base64');
  const segments: Buffer[] = [];
  for (let at = 0; at * 4_096 < workbook.length; at += 1) {
    const iv = hashOf(keySalt, number(at)).subarray(0, 16);
    segments.push(sealed(secret, iv, workbook.subarray(at * 4_096, (at + 1) * 4_096)));
  }
  const content = Buffer.concat([number(workbook.length), number(0), ...segments]);
  const hmacKey = randomBytes(64);
  const underKey = (block: string, bytes: Buffer) =>
    sealed(secret, hashOf(keySalt, Buffer.from(block, 'hex')).subarray(0, 16), bytes).toString('base64');
  const cipher =
    'blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"';
  const office = 'http://schemas.microsoft.com/office/2006';
  const words = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<encryption xmlns="${office}/encryption" xmlns:p="${office}/keyEncryptor/password"><keyData saltSize="16" ${cipher} saltValue="${keySalt.toString('base64')}"/><dataIntegrity encryptedHmacKey="${underKey('5fb2ad010cb9e1f6', hmacKey)}" encryptedHmacValue="${underKey('a0677f02b22c8433', createHmac('sha512', hmacKey).update(content).digest())}"/><keyEncryptors><keyEncryptor uri="${office}/keyEncryptor/password"><p:encryptedKey spinCount="${rounds}" saltSize="16" ${cipher} saltValue="${passwordSalt.toString('base64')}" encryptedVerifierHashInput="${underPassword('fea7d2763b4b9e79', verifier)}" encryptedVerifierHashValue="${underPassword('d7aa0f6d3061344e', hashOf(verifier))}" encryptedKeyValue="${underPassword('146e0be7abacd0d6', secret)}"/></keyEncryptor></keyEncryptors></encryption>`;
  const version = Buffer.from('0400040040000000', 'hex');
  return compoundFile({ EncryptionInfo: Buffer.concat([version, Buffer.from(words)]), EncryptedPackage: content });
}

/** How an `.xls` says that what follows is encrypted: the old obfuscation, RC4, and RC4 of the CryptoAPI. */
export const legacyCiphers = {
  obfuscation: Buffer.from('000015a2b3c4', 'hex'),
  RC4: Buffer.concat([Buffer.from('010001000100', 'hex'), randomBytes(48)]),
  CryptoAPI: Buffer.concat([
    ...[Buffer.from('0100040002000c0000007e000000', 'hex'), Buffer.from('0c000000000000000168000004800000', 'hex')],
    ...[Buffer.from('800000000100000000000000', 'hex'), Buffer.from('00000000', 'hex'), randomBytes(102)],
  ]),
} as const;

/** An `.xls` whose records are no longer what they were, behind one that says so. */
export function encryptedLegacy(workbook: Buffer, cipher: keyof typeof legacyCiphers): Buffer {
  const found = XLSX.CFB.find(XLSX.CFB.read(workbook, { type: 'buffer' }), '/Workbook');
  const stream = Buffer.from(found?.content ?? []);
  const afterBegin = 4 + stream.readUInt16LE(2);
  const record = Buffer.concat([Buffer.from([0x2f, 0, 0, 0]), legacyCiphers[cipher]]);
  record.writeUInt16LE(legacyCiphers[cipher].length, 2);
  const rest = Buffer.from(stream.subarray(afterBegin));
  for (let at = 0; at + 4 <= rest.length; at += 4 + rest.readUInt16LE(at + 2)) {
    const size = rest.readUInt16LE(at + 2);
    randomBytes(size).copy(rest, at + 4);
  }
  return compoundFile({ Workbook: Buffer.concat([stream.subarray(0, afterBegin), record, rest]) });
}
