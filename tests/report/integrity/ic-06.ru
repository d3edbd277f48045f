#+ summary: Breaks a cube so that ic-06 finds it out.
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?c qb:componentRequired false }
WHERE { ?c qb:dimension ?p }
