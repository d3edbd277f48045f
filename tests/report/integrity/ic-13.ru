#+ summary: Breaks a cube so that ic-13 finds it out.
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?c qb:componentRequired true ; qb:componentProperty <x:unit> }
WHERE { ?c qb:measure ?p }
