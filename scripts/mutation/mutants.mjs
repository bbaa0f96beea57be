import ts from 'typescript';

const { SyntaxKind } = ts;
const LOGICAL = [SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken];
const FLIPPED = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [SyntaxKind.GreaterThanToken, '<='],
  [SyntaxKind.LessThanToken, '>='],
]);
const OPPOSITE = { some: 'every', every: 'some', max: 'min' };

/** Nothing in them runs. */
const isOnlyForTypes = (node) =>
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node);

/** With the comma before it, or for the first the one behind. */
const withoutElement = (nodes, index) => {
  if (index > 0) return { start: nodes[index - 1].end, end: nodes[index].end };
  return { start: nodes[0].getStart(), end: nodes.length > 1 ? nodes[1].getStart() : nodes.end };
};

const removals = (nodes, what) =>
  nodes.map((node, index) => ({ ...withoutElement(nodes, index), to: '', what: `without ${what}` }));

const replaced = (node, to, what) => ({ start: node.getStart(), end: node.end, to, what });

const isPredicate = (node) =>
  ts.isArrowFunction(node) && !ts.isBlock(node.body) && node.type?.kind === SyntaxKind.BooleanKeyword;
const isSieve = (node) =>
  ts.isArrowFunction(node) &&
  !ts.isBlock(node.body) &&
  ts.isCallExpression(node.parent) &&
  ts.isPropertyAccessExpression(node.parent.expression) &&
  ['some', 'every', 'filter', 'find', 'findIndex'].includes(node.parent.expression.name.text);

const ofExpression = (node) => {
  if (ts.isBinaryExpression(node) && LOGICAL.includes(node.operatorToken.kind)) {
    const sign = node.operatorToken.getText();
    return [
      replaced(node, node.left.getText(), `the left of ${sign}`),
      replaced(node, node.right.getText(), `the right of ${sign}`),
    ];
  }
  if (ts.isBinaryExpression(node) && FLIPPED.has(node.operatorToken.kind)) {
    const to = FLIPPED.get(node.operatorToken.kind);
    return [replaced(node.operatorToken, to, `${to} for ${node.operatorToken.getText()}`)];
  }
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].map((branch) => replaced(node, `(${branch.getText()})`, 'one branch only'));
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
    return [replaced(node, node.operand.getText(), 'without !')];
  }
  return [];
};

const ofFunction = (node) => {
  if (isPredicate(node) || isSieve(node)) {
    return ['true', 'false'].map((to) => replaced(node.body, to, `always ${to}`));
  }
  if (!ts.isPropertyAccessExpression(node)) return [];
  const to = Object.hasOwn(OPPOSITE, node.name.text) ? OPPOSITE[node.name.text] : undefined;
  return to ? [replaced(node.name, to, `${to} for ${node.name.text}`)] : [];
};

/** An element is taken out as a whole, and a sentence is for people: it decides nothing. */
const isWordThatDecides = (node) =>
  ts.isStringLiteral(node) &&
  !ts.isArrayLiteralExpression(node.parent) &&
  node.parent.name !== node &&
  !node.text.includes(' ');

const ofLiteral = (node) => {
  if (ts.isArrayLiteralExpression(node)) return removals(node.elements, 'an element');
  if (ts.isObjectLiteralExpression(node)) return removals(node.properties, 'a property');
  if (node.kind === SyntaxKind.TrueKeyword) return [replaced(node, 'false', 'false for true')];
  if (isWordThatDecides(node)) return [replaced(node, "'OTHER'", 'another word')];
  if (ts.isNumericLiteral(node)) return [replaced(node, `${Number(node.text) + 1}`, 'one more')];
  return [];
};

const ofStatement = (node) => {
  if (ts.isIfStatement(node)) {
    return ['true', 'false'].map((to) => replaced(node.expression, to, `if ${to}`));
  }
  return ts.isExpressionStatement(node) ? [replaced(node, ';', 'without the statement')] : [];
};

/** Every source text that differs from this one by one decision: a condition, row, role, class or word taken out or turned. */
export const mutantsOf = (file, text) => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (isOnlyForTypes(node)) return;
    found.push(...ofExpression(node), ...ofFunction(node), ...ofLiteral(node), ...ofStatement(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map(({ start, end, to, what }) => ({
    file,
    line: source.getLineAndCharacterOfPosition(start).line + 1,
    what,
    was: text.slice(start, end).replace(/\s+/g, ' ').slice(0, 80),
    text: text.slice(0, start) + to + text.slice(end),
  }));
};
