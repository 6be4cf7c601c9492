/* Dash draws the page again, with the components above; its own copy of this line is inline. */
window.renderer = new window.DashRenderer();
