#+ summary: The two steps of the normalisation algorithm of the Data Cube vocabulary that bear on a cube without slices.
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { ?o rdf:type qb:Observation } WHERE { [] qb:observation ?o } ;
INSERT { ?o rdf:type qb:Observation } WHERE { ?o qb:dataSet [] } ;
INSERT { ?p rdf:type qb:DimensionProperty . ?c qb:componentProperty ?p } WHERE { ?c qb:dimension ?p } ;
INSERT { ?p rdf:type qb:MeasureProperty . ?c qb:componentProperty ?p } WHERE { ?c qb:measure ?p } ;
INSERT { ?p rdf:type qb:AttributeProperty . ?c qb:componentProperty ?p } WHERE { ?c qb:attribute ?p }
