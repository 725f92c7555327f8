export default {
  layout: "post.11ty.js",
  tags: ["posts"],
  permalink: (data) => `/${data.page.date.getUTCFullYear()}/${data.page.fileSlug}/index.html`,
};
