const products = require('./products.json');

const startedAt = Date.now();

exports.handler = async event => {
  // Built on every run, although it never differs. Above, it would be built once.
  const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
  const day = (event.time ?? new Date().toISOString()).slice(0, 10);
  const lines = products.map(({ name, price, soldPerDay }) => ({
    name,
    sold: soldPerDay,
    revenue: money.format((price * soldPerDay) / 100),
  }));
  const cents = products.reduce((sum, { price, soldPerDay }) => sum + price * soldPerDay, 0);
  console.log(`Report for ${day}, from an environment that is ${Date.now() - startedAt} ms old`);
  return { day, lines, revenue: money.format(cents / 100) };
};
