// House rules that oxlint has no rule for. Plain JavaScript, because the linter loads it itself.

const TRANSACTIONS = new Set(['transact', 'read']);
const OUTSIDE = /^(#platform\/(outside|http)|#acquiring)/;

function named(node) {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return node.property.name;
  return undefined;
}

function rootName(node) {
  let at = node;
  while (at.type === 'MemberExpression') at = at.object;
  return at.type === 'Identifier' ? at.name : undefined;
}

function inTransaction(node) {
  for (let at = node; at.parent; at = at.parent) {
    const call = at.parent;
    const isFunction = at.type === 'ArrowFunctionExpression' || at.type === 'FunctionExpression';
    if (isFunction && call.type === 'CallExpression' && TRANSACTIONS.has(named(call.callee)))
      return true;
  }
  return false;
}

const literalImport = {
  create(context) {
    return {
      ImportExpression(node) {
        if (node.source.type === 'Literal') return;
        context.report({
          node,
          message: 'import() takes a literal, so that the floors can be checked.',
        });
      },
    };
  },
};

const oneClock = {
  create(context) {
    const message = 'Business time is ctx.now; the machine is read only in platform/clock.ts.';
    return {
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0)
          context.report({ node, message });
      },
      CallExpression(node) {
        if (node.callee.name === 'Date') context.report({ node, message });
      },
      MemberExpression(node) {
        const name = `${node.object.name}.${node.property.name}`;
        if (name === 'Date.now' || name === 'Temporal.Now') context.report({ node, message });
      },
    };
  },
};

const noAskInTransaction = {
  create(context) {
    const outside = new Set(['fetch']);
    return {
      ImportDeclaration(node) {
        if (!OUTSIDE.test(node.source.value) || node.importKind === 'type') return;
        for (const each of node.specifiers) outside.add(each.local.name);
      },
      CallExpression(node) {
        if (!outside.has(rootName(node.callee)) || !inTransaction(node)) return;
        context.report({
          node,
          message: 'Nothing waits on the outside world inside a transaction.',
        });
      },
    };
  },
};

export default {
  meta: { name: 'house' },
  rules: {
    'literal-import': literalImport,
    'one-clock': oneClock,
    'no-ask-in-transaction': noAskInTransaction,
  },
};
