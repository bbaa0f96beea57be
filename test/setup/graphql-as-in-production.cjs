// GraphQL looks at NODE_ENV once, while it is loaded, and outside production asks of every value whether it comes from a second
// copy of itself: a quarter of what an application costs to open. What users meet is what is tested.
const given = process.env.NODE_ENV;
process.env.NODE_ENV = 'production';
require('graphql/jsutils/instanceOf');
process.env.NODE_ENV = given;
