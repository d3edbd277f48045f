#+ summary: Breaks a cube so that earl finds it out.
PREFIX earl: <http://www.w3.org/ns/earl#>

DELETE { ?r earl:outcome ?o }
WHERE { ?r earl:outcome ?o }
