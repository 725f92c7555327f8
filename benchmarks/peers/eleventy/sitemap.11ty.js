import { site } from "./_includes/base.js";

export const data = { permalink: "/sitemap.xml", eleventyExcludeFromCollections: true };

export const render = ({ collections }) => `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${[...collections.newest, ...collections.pieces].map((one) => `<url><loc>${site}${one.url}</loc></url>`).join("\n")}
</urlset>
`;
