#+ summary: Breaks a cube so that ic-01 finds it out.
PREFIX qb: <http://purl.org/linked-data/cube#>

DELETE { ?o qb:dataSet ?s }
WHERE { ?o qb:dataSet ?s }
