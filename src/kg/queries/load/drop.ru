DROP SILENT GRAPH <urn:graph>
