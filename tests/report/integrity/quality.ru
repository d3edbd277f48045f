#+ summary: Breaks a cube so that quality finds it out.
PREFIX dqv: <http://www.w3.org/ns/dqv#>

DELETE { ?m dqv:value ?v }
WHERE { ?m dqv:value ?v }
