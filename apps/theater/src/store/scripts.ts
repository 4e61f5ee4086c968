import { defineScript } from "redis";
import { REPEAT_SECONDS } from "../repeat";

/**
 * Both scripts begin with the key of the request (KEYS[1]) and the digest of what it asks for
 * (ARGV[1]), which is empty where the request has none. They answer first whether the key is free for
 * it, then the item that came of the same request before.
 */
const REPEATED = `
local first = ARGV[1] ~= '' and redis.call('GET', KEYS[1])
if first then
  local digest, item = string.match(first, '^(%x+) (.*)$')
  if digest == ARGV[1] then return { 1, item } end
  return { 0 }
end
local function keep(item)
  if ARGV[1] ~= '' then
    redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. item, 'EX', ${REPEAT_SECONDS})
  end
end`;

/** KEYS, then: item, index. ARGV, then: id, the item as JSON. */
const ADD = `${REPEATED}
redis.call('SET', KEYS[2], ARGV[3])
redis.call('ZADD', KEYS[3], 0, ARGV[2])
keep(ARGV[3])
return { 1, ARGV[3] }`;

/**
 * KEYS, then: user, movie, seats, booking, index of bookings, index of the user's bookings. ARGV, then:
 * id, user, movie, how many seats, and the seats to choose from. Answers at last whether user and
 * movie exist and the free seats that were chosen; redis runs scripts one at a time, so nobody comes
 * between. Done twice with one id, e.g. since the first answer was lost, it books once and answers the
 * same.
 */
const BOOK = `${REPEATED}
local made = redis.call('GET', KEYS[5])
if made then return { 1, made } end
local user, movie = redis.call('EXISTS', KEYS[2]), redis.call('EXISTS', KEYS[3])
local wanted, chosen = tonumber(ARGV[5]), {}
for i = 6, #ARGV do
  if #chosen < wanted and redis.call('HEXISTS', KEYS[4], ARGV[i]) == 0 then
    chosen[#chosen + 1] = ARGV[i]
  end
end
if user == 0 or movie == 0 or #chosen < wanted then
  return { 1, '', user, movie, chosen }
end
for _, seat in ipairs(chosen) do redis.call('HSET', KEYS[4], seat, ARGV[2]) end
local booking = cjson.encode({ id = ARGV[2], userId = ARGV[3], movieId = ARGV[4], seats = chosen })
redis.call('SET', KEYS[5], booking)
redis.call('ZADD', KEYS[6], 0, ARGV[2])
redis.call('ZADD', KEYS[7], 0, ARGV[2])
keep(booking)
return { 1, booking }`;

/** KEYS: marker, index. ARGV: pairs of key and value; the id is the key's part after the colon. */
const SEED = `
if redis.call('SETNX', KEYS[1], '1') == 0 then return 0 end
for i = 1, #ARGV, 2 do
  redis.call('SET', ARGV[i], ARGV[i + 1])
  redis.call('ZADD', KEYS[2], 0, string.match(ARGV[i], ':(.*)$'))
end
return 1`;

interface Parser {
  pushKeys(keys: string[]): void;
  push(...args: string[]): void;
}

const parseCommand = (parser: Parser, keys: string[], args: string[]): void => {
  parser.pushKeys(keys);
  parser.push(...args);
};

/** Scripts as commands of the client, sent by their hash once redis knows them. */
export const scripts = {
  add: defineScript({
    SCRIPT: ADD,
    NUMBER_OF_KEYS: 3,
    parseCommand,
    // Nothing where the key isn't free.
    transformReply: ([, item]: [number, string?]) => item,
  }),
  book: defineScript({
    SCRIPT: BOOK,
    NUMBER_OF_KEYS: 7,
    parseCommand,
    transformReply: ([keyIsFree, booking, user, movie, free]: [
      number,
      string?,
      number?,
      number?,
      string[]?,
    ]) => ({
      keyIsFree: keyIsFree === 1,
      booking: booking === "" ? undefined : booking,
      userExists: user === 1,
      movieExists: movie === 1,
      free: free ?? [],
    }),
  }),
  seed: defineScript({
    SCRIPT: SEED,
    NUMBER_OF_KEYS: 2,
    parseCommand,
    transformReply: (added: number) => added === 1,
  }),
};
