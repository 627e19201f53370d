-- Removes the peers of one swarm that are gone, as many as one call may, and says when to look after it next; a swarm without peers
-- is forgotten.
--
-- KEYS: ipv4, ipv4 leechers, ipv6, ipv6 leechers, peer ids, swarms, number of peers
-- ARGV: swarm, now, how many at most
-- Answers how many were removed.
local now = tonumber(ARGV[2])
local removed = 0
for family = 1, 3, 2 do
    local gone = redis.call('ZRANGEBYSCORE', KEYS[family], '-inf', now, 'LIMIT', 0, tonumber(ARGV[3]) - removed)
    if #gone > 0 then
        redis.call('ZREM', KEYS[family], unpack(gone))
        redis.call('ZREM', KEYS[family + 1], unpack(gone))
        redis.call('HDEL', KEYS[5], unpack(gone))
        removed = removed + #gone
    end
end
if removed > 0 then
    redis.call('DECRBY', KEYS[7], removed)
end
local first = nil
for family = 1, 3, 2 do
    local next = redis.call('ZRANGE', KEYS[family], 0, 0, 'WITHSCORES')[2]
    if next and (not first or tonumber(next) < first) then
        first = tonumber(next)
    end
end
if first then
    redis.call('ZADD', KEYS[6], math.max(first, now + 1), ARGV[1])
else
    redis.call('ZREM', KEYS[6], ARGV[1])
end
return removed
