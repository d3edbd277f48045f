#+ summary: Breaks a cube so that ic-12 finds it out.
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { <x:copy> ?p ?v }
WHERE { { SELECT ?o { ?o a qb:Observation } LIMIT 1 } ?o ?p ?v }
