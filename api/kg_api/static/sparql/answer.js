// Ask the endpoint, and read what it answers into columns and rows, a yes or no, or a problem.
import { triples } from "./triples.js";

const READ = "application/sparql-results+json, application/n-triples;q=0.9, application/problem+json;q=0.8";

/** Send a query; the signal ends the work on the server too, since nobody waits for it any more. */
export function send(query, accept, signal) {
  return fetch("/sparql", {
    method: "POST",
    body: query,
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    signal,
  });
}

/**
 * Ask a query. Gives {problem} or {names, rows, graph, yes, cut, ms}: `rows` are arrays of terms as in SPARQL's JSON
 * results, in the order of `names`; a graph comes as rows of subject, predicate and object; `cut` when not all came.
 */
export async function ask(query, signal) {
  const began = performance.now();
  const answer = await send(query, READ, signal);
  const body = await answer.text();
  if (!answer.ok) return { problem: problem(answer, body) };
  const found = answer.headers.get("content-type").includes("json") ? results(JSON.parse(body)) : graph(body);
  return { ...found, cut: answer.headers.has("kg-cut"), ms: Math.round(performance.now() - began) };
}

function results(document) {
  if ("boolean" in document) return { yes: document.boolean };
  const names = document.head.vars;
  return { names, rows: document.results.bindings.map((row) => names.map((name) => row[name])), graph: false };
}

function graph(body) {
  return { names: ["subject", "predicate", "object"], rows: triples(body), graph: true };
}

function problem(answer, body) {
  const seconds = Number(answer.headers.get("retry-after"));
  try {
    const { type, detail, line, column } = JSON.parse(body);
    return { kind: type.split("/").at(-1), detail, line, column, seconds };
  } catch {
    return { kind: "crash", detail: body.slice(0, 1000), seconds };
  }
}
