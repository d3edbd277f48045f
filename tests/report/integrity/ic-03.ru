#+ summary: Breaks a cube so that ic-03 finds it out.
PREFIX qb: <http://purl.org/linked-data/cube#>

DELETE { ?c qb:componentProperty ?p }
WHERE { ?c qb:componentProperty ?p . ?p a qb:MeasureProperty }
