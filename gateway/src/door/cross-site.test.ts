import { describe, expect, it } from 'vitest';
import { refuseCrossSite } from './cross-site.ts';

const own = 'https://app.cauce.example';
const isTaken = (method: string, headers: Readonly<Record<string, string>>) => {
  try {
    refuseCrossSite(method, headers, [own]);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'CSRF_PREVENTED' });
    return false;
  }
};

describe('what a page of another origin can send without asking first', () => {
  it.each([
    ['a form', 'POST', { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-mode': 'navigate' }],
    ['a form of plain text', 'POST', { 'content-type': 'text/plain' }],
    ['a form with a file', 'POST', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['JSON said to be something else', 'POST', { 'content-type': 'application/jsonp' }],
    ['a body without a type', 'POST', {}],
    ['a link', 'GET', { accept: 'text/html, */*;q=0.8', 'sec-fetch-mode': 'navigate' }],
    ['an image', 'GET', { accept: 'image/avif,*/*;q=0.8', 'sec-fetch-mode': 'no-cors' }],
    ['a script that asks for JSON', 'GET', { accept: 'application/json', 'sec-fetch-mode': 'no-cors' }],
    ['fetch from elsewhere', 'GET', { origin: 'https://elsewhere.example', 'sec-fetch-mode': 'cors' }],
    ['an old browser’s image', 'GET', { accept: '*/*' }],
  ])('is refused: %s', (_title, method, headers) => {
    expect(isTaken(method, headers as Record<string, string>)).toBe(false);
  });

  it.each([
    ['JSON', 'POST', { 'content-type': 'application/json' }],
    ['JSON that names its letters', 'POST', { 'content-type': 'application/json; charset=utf-8' }],
    ['fetch from our own page', 'GET', { origin: own, 'sec-fetch-mode': 'cors', accept: '*/*' }],
    ['a program that reads JSON', 'GET', { accept: 'application/graphql-response+json' }],
    ['a page that asked first', 'GET', { 'apollo-require-preflight': '1', 'sec-fetch-mode': 'no-cors' }],
    ['a program with a key', 'GET', { 'x-api-key': 'any' }],
  ])('is not this: %s', (_title, method, headers) => {
    expect(isTaken(method, headers as Record<string, string>)).toBe(true);
  });
});
