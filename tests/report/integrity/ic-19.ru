#+ summary: Breaks a cube so that ic-19 finds it out.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE { ?v skos:inScheme ?l }
WHERE { ?v skos:inScheme ?l }
