#+ summary: Breaks a cube so that ic-05 finds it out.
PREFIX qb: <http://purl.org/linked-data/cube#>

DELETE { ?p qb:codeList ?l }
WHERE { ?p qb:codeList ?l }
