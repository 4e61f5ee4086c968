import { defineScript } from "redis";

/**
 * KEYS: user, movie, seats, booking, index of bookings, index of the user's bookings. ARGV: id, user,
 * movie, how many seats, then the seats to choose from. Answers with whether user and movie exist
 * and the free seats that were chosen; redis runs scripts one at a time, so nobody comes between.
 * Done twice, e.g. since the first answer was lost, it books once and answers the same.
 */
const BOOK = `
local made = redis.call('GET', KEYS[4])
if made then return { 1, 1, cjson.decode(made).seats } end
local user, movie = redis.call('EXISTS', KEYS[1]), redis.call('EXISTS', KEYS[2])
local wanted, chosen = tonumber(ARGV[4]), {}
for i = 5, #ARGV do
  if #chosen < wanted and redis.call('HEXISTS', KEYS[3], ARGV[i]) == 0 then
    chosen[#chosen + 1] = ARGV[i]
  end
end
if user == 1 and movie == 1 and #chosen == wanted then
  for _, seat in ipairs(chosen) do redis.call('HSET', KEYS[3], seat, ARGV[1]) end
  redis.call('SET', KEYS[4], cjson.encode({
    id = ARGV[1], userId = ARGV[2], movieId = ARGV[3], seats = chosen
  }))
  redis.call('ZADD', KEYS[5], 0, ARGV[1])
  redis.call('ZADD', KEYS[6], 0, ARGV[1])
end
return { user, movie, chosen }`;

/** KEYS: marker, index. ARGV: pairs of key and value; the id is the key's part after the colon. */
const SEED = `
if redis.call('SETNX', KEYS[1], '1') == 0 then return 0 end
for i = 1, #ARGV, 2 do
  redis.call('SET', ARGV[i], ARGV[i + 1])
  redis.call('ZADD', KEYS[2], 0, string.match(ARGV[i], ':(.*)$'))
end
return 1`;

/** Scripts as commands of the client, sent by their hash once redis knows them. */
export const scripts = {
  book: defineScript({
    SCRIPT: BOOK,
    NUMBER_OF_KEYS: 6,
    parseCommand(parser, keys: string[], args: string[]) {
      parser.pushKeys(keys);
      parser.push(...args);
    },
    transformReply: ([user, movie, free]: [number, number, string[]]) => ({
      userExists: user === 1,
      movieExists: movie === 1,
      free,
    }),
  }),
  seed: defineScript({
    SCRIPT: SEED,
    NUMBER_OF_KEYS: 2,
    parseCommand(parser, keys: string[], args: string[]) {
      parser.pushKeys(keys);
      parser.push(...args);
    },
    transformReply: (added: number) => added === 1,
  }),
};
