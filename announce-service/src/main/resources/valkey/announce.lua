-- One announce in one swarm: the peer comes, stays or leaves, then counts and a random sample of the others. Atomic, as any script.
--
-- A peer is its account (8 bytes) and its record, address and port in wire order (6 or 18 bytes). Of a swarm there are, with the
-- info hash as hash tag: sorted sets of its IPv4 and IPv6 peers and, beside each, of those among them that still want something, by
-- the second in which they are gone; the peer ids; and for each account the peers that it has. Beside the swarms stand a
-- sorted set of them by the second in which somebody must look after them, and the number of all peers.
--
-- KEYS: ipv4, ipv4 leechers, ipv6, ipv6 leechers, peer ids, peers of the account, swarms, number of peers
-- ARGV: swarm, peer, peer id, now, gone at, what (come, finish, leave, look), seeding (1, 0), wanted, of one family (1, 0),
--       clients that an account may have, swarms that there may be, peers that there may be, a random number
-- Answers the one number 0 for an account with too many clients; otherwise seeders, leechers, whether a download ended with this announce (1, 0), and
-- records and peer ids of IPv4 peers and of IPv6 peers, each as one string.
local ACCOUNT, IPV4 = 8, 14
local NOBODY = string.rep('\0', ACCOUNT)
local PER_CLIENT, SPARE = 2, 4

local swarm, peer, id = ARGV[1], ARGV[2], ARGV[3]
local now, gone = tonumber(ARGV[4]), tonumber(ARGV[5])
local what, seeding, wanted = ARGV[6], ARGV[7] == '1', tonumber(ARGV[8])
local account = string.sub(peer, 1, ACCOUNT)
local record = string.sub(peer, ACCOUNT + 1)
local own = #peer == IPV4 and 1 or 3
local everybody, leechers = KEYS[own], KEYS[own + 1]

local function forget(member)
    local family = #member == IPV4 and 1 or 3
    redis.call('ZREM', KEYS[family], member)
    redis.call('ZREM', KEYS[family + 1], member)
    redis.call('HDEL', KEYS[5], member)
    redis.call('DECR', KEYS[8])
end

-- The account's peers in this swarm that are there still.
local function own_peers()
    local there = {}
    if account ~= NOBODY then
        for _, member in ipairs(redis.call('SMEMBERS', KEYS[6])) do
            local until_then = redis.call('ZSCORE', KEYS[#member == IPV4 and 1 or 3], member)
            if until_then and tonumber(until_then) > now then
                table.insert(there, member)
            elseif member ~= peer then
                redis.call('SREM', KEYS[6], member)
            end
        end
    end
    return there
end

-- Whether one more peer may be there. A client that comes from one address after another makes room for itself.
local function has_place(there)
    local most = tonumber(ARGV[10])
    if account == NOBODY or #there < most then
        return true
    end
    local clients, others, oldest = {}, 0, nil
    for _, member in ipairs(there) do
        local client = redis.call('HGET', KEYS[5], member)
        if client == id then
            oldest = oldest or member
        elseif client and not clients[client] then
            clients[client] = true
            others = others + 1
        end
    end
    if oldest and #there >= PER_CLIENT * most then
        forget(oldest)
        redis.call('SREM', KEYS[6], oldest)
    end
    return oldest ~= nil or others < most
end

local function has_room()
    if tonumber(redis.call('GET', KEYS[8]) or '0') >= tonumber(ARGV[12]) then
        return false
    end
    return redis.call('ZSCORE', KEYS[7], swarm) or redis.call('ZCARD', KEYS[7]) < tonumber(ARGV[11])
end

local score = redis.call('ZSCORE', everybody, peer)
local known = score and tonumber(score) > now
local was_seeding = known and not redis.call('ZSCORE', leechers, peer)
local there = own_peers()
local finished = 0

if what == 'leave' then
    if score then
        forget(peer)
        redis.call('SREM', KEYS[6], peer)
    end
elseif what ~= 'look' then
    if not known and not has_place(there) then
        return { 0 }
    end
    if score or has_room() then
        if not score then
            redis.call('INCR', KEYS[8])
        end
        redis.call('ZADD', everybody, gone, peer)
        if seeding then
            redis.call('ZREM', leechers, peer)
        else
            redis.call('ZADD', leechers, gone, peer)
        end
        redis.call('HSET', KEYS[5], peer, id)
        if account ~= NOBODY then
            redis.call('SADD', KEYS[6], peer)
            redis.call('EXPIRE', KEYS[6], gone - now)
        end
        redis.call('ZADD', KEYS[7], 'NX', gone, swarm)
        if what == 'finish' and seeding and not was_seeding then
            finished = 1
        end
    end
end

local function alive(key)
    return redis.call('ZCOUNT', key, '(' .. now, '+inf')
end
local incomplete = alive(KEYS[2]) + alive(KEYS[4])
local complete = alive(KEYS[1]) + alive(KEYS[3]) - incomplete

-- A uniform sample without those that the asker may not see: a few more than wanted are drawn, the others left out, the rest cut off.
local found = { {}, {}, {}, {} }
if wanted > 0 then
    local ipv4, ipv6 = KEYS[seeding and 2 or 1], KEYS[seeding and 4 or 3]
    local left4 = (ARGV[9] == '1' and own == 3) and 0 or redis.call('ZCARD', ipv4)
    local left6 = (ARGV[9] == '1' and own == 1) and 0 or redis.call('ZCARD', ipv6)
    local draw = math.min(wanted + #there + SPARE, left4 + left6)
    math.randomseed(tonumber(ARGV[13]))
    local share4 = 0
    for i = 1, draw do
        if math.random(left4 + left6) <= left4 then
            left4 = left4 - 1
            share4 = share4 + 1
        else
            left6 = left6 - 1
        end
    end
    local drawn = share4 > 0 and redis.call('ZRANDMEMBER', ipv4, share4) or {}
    if draw > share4 then
        for _, member in ipairs(redis.call('ZRANDMEMBER', ipv6, draw - share4)) do
            table.insert(drawn, member)
        end
    end
    for i = #drawn, 2, -1 do
        local j = math.random(i)
        drawn[i], drawn[j] = drawn[j], drawn[i]
    end
    local shown = 0
    for _, member in ipairs(drawn) do
        local family = #member == IPV4 and 1 or 3
        local mine = account ~= NOBODY and string.sub(member, 1, ACCOUNT) == account
        local until_then = tonumber(redis.call('ZSCORE', KEYS[family], member))
        if shown < wanted and not mine and string.sub(member, ACCOUNT + 1) ~= record and until_then > now then
            table.insert(found[family], string.sub(member, ACCOUNT + 1))
            table.insert(found[family + 1], redis.call('HGET', KEYS[5], member))
            shown = shown + 1
        end
    end
end

return { complete, incomplete, finished,
    table.concat(found[1]), table.concat(found[2]), table.concat(found[3]), table.concat(found[4]) }
