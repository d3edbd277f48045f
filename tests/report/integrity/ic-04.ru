#+ summary: Breaks a cube so that ic-04 finds it out.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE { ?p rdfs:range ?r }
WHERE { ?p rdfs:range ?r }
