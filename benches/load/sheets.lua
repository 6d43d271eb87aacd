-- Sheets of the SIPAS form, each with a key of its own: wrk's script, with the answers as its argument.
local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("number", threads)
end

function init(arguments)
    fields = arguments[1]
    local random = io.open("/dev/urandom", "rb")
    local seed = random:read(4)
    random:close()
    local a, b, c, d = seed:byte(1, 4)
    math.randomseed(a + 256 * b + 65536 * c + 16777216 * (d % 64) + number)
end

function request()
    local key = string.format("%08x%08x%08x%08x", math.random(0, 0x7fffffff), math.random(0, 0x7fffffff), math.random(0, 0x7fffffff),
        math.random(0, 0x7fffffff))
    local headers = { ["content-type"] = "application/x-www-form-urlencoded" }
    return wrk.format("POST", nil, headers, fields .. "&key=" .. key)
end

-- Everything that is not a 303 has a status of 400 or more, which wrk counts.
function done(summary)
    local errors = summary.errors
    local lost = errors.connect + errors.read + errors.write + errors.timeout
    print(string.format("RESULT %.0f %d %d %d", summary.requests / (summary.duration / 1e6), summary.requests, errors.status, lost))
end
