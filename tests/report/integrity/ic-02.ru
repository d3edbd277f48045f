#+ summary: Breaks a cube so that ic-02 finds it out.
PREFIX qb: <http://purl.org/linked-data/cube#>

DELETE { ?s qb:structure ?d }
WHERE { ?s qb:structure ?d }
