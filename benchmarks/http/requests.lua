-- Sends the paths of a file one after the other, round and round.
local paths = {}
for line in io.lines(os.getenv("BENCH_PATHS")) do
  paths[#paths + 1] = line
end
local place = 0
request = function()
  place = place % #paths + 1
  return wrk.format("GET", paths[place], { ["Accept"] = "application/sparql-results+json" })
end
