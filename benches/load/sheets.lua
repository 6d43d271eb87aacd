-- Sheets of the SIPAS form, each with a key of its own: wrk's script for one thread, with the answers and a file of signed keys as its arguments.
function init(arguments)
    fields = arguments[1]
    keys = io.lines(arguments[2])
end

function request()
    local headers = { ["content-type"] = "application/x-www-form-urlencoded" }
    return wrk.format("POST", nil, headers, fields .. "&key=" .. assert(keys(), "there are too few keys"))
end

-- Everything that is not a 303 has a status of 400 or more, which wrk counts.
function done(summary)
    local errors = summary.errors
    local lost = errors.connect + errors.read + errors.write + errors.timeout
    print(string.format("RESULT %.0f %d %d %d", summary.requests / (summary.duration / 1e6), summary.requests, errors.status, lost))
end
