/* The Html component: markup made on the server, shown as one element. */
(() => {
  const { createElement, memo, useLayoutEffect } = window.React;

  const Html = memo(({ id, html, className, tag }) => {
    useLayoutEffect(() => window.dashboard.restoreFocus(), [html]);
    return createElement(tag || "div", {
      id,
      className,
      dangerouslySetInnerHTML: { __html: html },
    });
  });

  window.dashboard = { Html };
})();
