/** A thing of the shop: values, and functions of a field's arguments. Any graph may serve it with default resolvers. */
export type Thing = { readonly __typename: string } & { [field: string]: unknown };

export interface ShopWorld {
  readonly users: ReadonlyMap<string, Thing>;
  readonly products: ReadonlyMap<string, Thing>;
  readonly media: ReadonlyMap<string, Thing>;
  readonly reviews: ReadonlyMap<string, Thing>;
  readonly warehouses: ReadonlyMap<string, Thing>;
  readonly query: Record<string, unknown>;
  readonly mutation: Record<string, unknown>;
}

const names = ['Ana', 'Beto', 'Carla', 'Dario', 'Elena', 'Felipe'];
const roles = ['ADMIN', 'BUYER', 'SELLER'];
const cities = [
  { __typename: 'City', name: 'Talca', zip: 3460000 },
  { __typename: 'City', name: 'Lota', zip: null },
];

/** Fails like a resolver does, wherever the field is answered. */
function broken(message: string): () => never {
  return () => {
    throw new Error(message);
  };
}

const upTo = (items: readonly unknown[], first: unknown) => (typeof first === 'number' ? items.slice(0, first) : items);

/** Inventory's own sums, from what a product's other owners say of it. */
export function shippingOf(weight: unknown, size: unknown, isExpress: unknown): number | null {
  if (typeof weight !== 'number') return null;
  const { w, h } = typeof size === 'object' && size !== null && 'w' in size && 'h' in size ? size : { w: 0, h: 0 };
  return (weight * 2 + Number(w) * Number(h)) * (isExpress === true ? 3 : 1);
}

export function dutyOf(priceUsd: unknown): number | null {
  return typeof priceUsd === 'number' ? priceUsd / 4 : null;
}

export function sloganOf(tags: unknown): string {
  return Array.isArray(tags) ? `It is ${tags.join(' and ')}` : 'It is';
}

/** The same shop each time: with missing things, null places and fields that fail in all kinds of places. */
export function createShopWorld(): ShopWorld {
  const users = new Map<string, Thing>();
  const products = new Map<string, Thing>();
  const media = new Map<string, Thing>();
  const reviews = new Map<string, Thing>();
  const warehouses = new Map<string, Thing>();
  const user = (index: number) => users.get(`u${index % names.length}`) ?? null;
  const product = (index: number) => products.get(`p${index % 9}`) ?? null;
  const where = (map: ReadonlyMap<string, Thing>, test: (thing: Thing, index: number) => boolean) =>
    [...map.values()].filter(test);

  for (const [index, name] of names.entries()) {
    users.set(`u${index}`, {
      __typename: 'User',
      id: `u${index}`,
      name,
      email: index === 2 ? broken('No mail for u2') : index === 4 ? null : `${name.toLowerCase()}@shop.example`,
      secret: index === 3 ? broken('u3 keeps the secret') : `s${index}`,
      role: roles[index % 3],
      manager: () => (index === 0 ? null : user(index - 1)),
      reports: () => (index === names.length - 1 ? [] : [user(index + 1)]),
      address:
        index === 1
          ? null
          : { __typename: 'Address', street: index === 5 ? null : `Calle ${index}`, city: cities[index % 2] },
      greeting: ({ style, loud }: Record<string, unknown>) => `${style} ${name}${loud === true ? '!' : ''}`,
      constructor: index % 2 === 0 ? `maker of u${index}` : null,
      keeps: () => where(warehouses, (_warehouse, place) => place === index),
      reviews: ({ first }: Record<string, unknown>) =>
        upTo(
          where(reviews, (_r, place) => place % 6 === index),
          first,
        ),
      signature: `signed ${name}`,
    });
  }
  for (let index = 0; index < 9; index += 1) {
    const weight = index === 4 ? null : index + 0.5;
    const size = index === 3 ? null : { __typename: 'Size', w: index + 1, h: 2, unit: index === 2 ? null : 'cm' };
    const tags = ['solid', 'round', 'new'].slice(0, index % 4);
    const price = ({ currency }: Record<string, unknown>) =>
      index === 6 ? null : 10 * (index + 1) * (currency === 'USD' ? 1 : 900);
    products.set(`p${index}`, {
      __typename: 'Product',
      id: `p${index}`,
      sku: `sku${index % 5}`,
      region: index < 5 ? 'north' : 'south',
      name: `Thing ${index}`,
      price,
      weight,
      size,
      tags,
      grid: index === 1 ? [[1, null], []] : [[index]],
      state: index === 7 ? null : ['NEW', 'USED'][index % 2],
      related: ({ first }: Record<string, unknown>) => upTo([product(index + 1), product(index + 4)], first),
      seller: () => user(index),
      maker:
        index % 3 === 2
          ? null
          : {
              __typename: 'Maker',
              name: `Maker ${index}`,
              city: cities[index % 2],
              product: () => product(index + 2),
              boss: () => (index === 0 ? null : user(index + 3)),
            },
      attributes:
        index === 5
          ? null
          : [
              { __typename: 'Attribute', key: 'color', value: 'red', owner: () => user(index + 1) },
              null,
              { __typename: 'Attribute', key: 'k', value: index === 1 ? broken('No value') : 'v', owner: null },
            ],
      fragile: index === 8 ? broken('p8 broke') : 'no',
      inStock: index === 0 ? broken('No stock count for p0') : index % 2 === 0,
      stockCode: index === 5 ? broken('p5 has no code') : `code${index}`,
      shipping: ({ express }: Record<string, unknown>) => shippingOf(weight, size, express),
      duty: () => dutyOf(price({ currency: 'USD' })),
      slogan: sloganOf(tags),
      warehouses: ({ first }: Record<string, unknown>) =>
        upTo(
          where(warehouses, (_w, place) => (index + place) % 2 === 0),
          first,
        ),
      best: () => (index === 2 ? null : warehouses.get(`w${index % 4}`)),
      reviews: ({ first }: Record<string, unknown>) =>
        upTo(
          where(reviews, (_r, place) => place % 9 === index),
          first,
        ),
      topReview: () => where(reviews, (_r, place) => place % 9 === index)[1] ?? null,
    });
  }
  for (let index = 0; index < 6; index += 1) {
    const isBook = index % 2 === 0;
    const shared = {
      id: `m${index}`,
      title: `Story ${index}`,
      product: () => (index === 4 ? null : product(index)),
      reviews: () => where(reviews, (_r, place) => place % 3 === 1 && place % 6 === index),
      score: index === 5 ? broken('m5 has no score') : index / 2,
    };
    media.set(
      `m${index}`,
      isBook
        ? {
            __typename: 'Book',
            ...shared,
            length: index === 2 ? null : 1.5,
            pages: 100 + index,
            author: () => user(index),
            label: index,
          }
        : {
            __typename: 'Film',
            ...shared,
            length: 2.5,
            minutes: null,
            director: () => user(index),
            label: `film ${index}`,
          },
    );
  }
  for (let index = 0; index < 11; index += 1) {
    reviews.set(`r${index}`, {
      __typename: 'Review',
      id: `r${index}`,
      body: index === 3 ? null : index === 9 ? broken('r9 is hidden') : `Words ${index}`,
      stars: 1 + (index % 5),
      author: () => user(index),
      subject: () => product(index),
      about: () => (index % 3 === 0 ? product(index) : index === 7 ? null : user(index)),
      answers: () => (index % 4 === 0 ? [reviews.get(`r${index + 1}`)].filter((found) => found !== undefined) : []),
    });
  }
  for (let index = 0; index < 4; index += 1) {
    warehouses.set(`w${index}`, {
      __typename: 'Warehouse',
      code: `w${index}`,
      city: cities[index % 2],
      keeper: () => (index === 3 ? null : user(index)),
      products: () => [product(index), product(index + 5)],
    });
  }
  const found = () => [product(3), user(1), media.get('m0'), null, media.get('m1'), product(1), user(2)];
  return {
    users,
    products,
    media,
    reviews,
    warehouses,
    query: {
      me: () => user(0),
      users: ({ first, role }: Record<string, unknown>) =>
        upTo(
          where(users, (thing) => role === undefined || role === null || thing.role === role),
          first,
        ),
      user: ({ id }: { id: string }) => users.get(id) ?? null,
      accountsDown: broken('Accounts is down'),
      product: ({ id }: { id: string }) => products.get(id) ?? null,
      products: ({ first }: Record<string, unknown>) => upTo([...products.values()], first),
      media: () => [...media.values()],
      medium: ({ id }: { id: string }) => media.get(id) ?? null,
      search: ({ text }: Record<string, unknown>) => (text === 'none' ? null : found()),
      shelf: () => [[product(0), null, product(8)], [], [product(0)]],
      warehouses: () => [...warehouses.values()],
      inventoryDown: broken('Inventory is down'),
      latestReview: () => reviews.get('r10') ?? null,
      reviews: () => [...reviews.values()],
      review: ({ id }: { id: string }) => reviews.get(id) ?? null,
    },
    mutation: {
      rename: ({ id, name }: { id: string; name: string }) => rename(users.get(id), name),
      reprice: ({ id, price }: { id: string; price: number }) => ({ ...products.get(id), price: () => price }),
      addReview: ({ product: id, body }: { product: string; body: string }) => ({
        ...reviews.get('r1'),
        id: 'new',
        body,
        subject: () => products.get(id) ?? null,
      }),
    },
  };
}

function rename(thing: Thing | undefined, name: string): Thing | null {
  if (thing !== undefined) thing.name = name;
  return thing ?? null;
}
