#+ summary: Breaks a cube so that ic-11 finds it out.
PREFIX qb: <http://purl.org/linked-data/cube#>

DELETE { ?o ?p ?v }
WHERE { ?p a qb:DimensionProperty . ?o ?p ?v }
