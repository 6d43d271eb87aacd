(function () {
  var doc = document, mark = "par-survey:", store, born, draft, ready, busy, going, timer, pressed;
  try { store = sessionStorage; store.setItem(mark, ""); store.removeItem(mark); } catch (refused) { store = null; }
  function form() { return doc.querySelector("form#f"); }
  function part(name) { return doc.querySelector("[data-is=" + name + "]"); }
  function show(name, shown) {
    var found = part(name);
    if (found && shown) found.removeAttribute("hidden");
    else if (found) found.setAttribute("hidden", "");
  }
  function say(shown) { if (part("wait")) part("wait").textContent = shown ? part("wait").getAttribute("data-says") : ""; }
  function sent() { return store && store.getItem(mark + "sent") || "0"; }
  function fields() { return Array.prototype.slice.call(doc.querySelectorAll("#f input,#f textarea,#f button,[form=f]")); }
  function ticks(field) { return field.type === "radio" || field.type === "checkbox"; }
  function writes(field) { return field.tagName === "TEXTAREA"; }
  function own() { return form() && form().getAttribute("data-draft"); }
  function key() { return doc.querySelector("[name=key]"); }
  function answers() {
    return fields().filter(function (field) { return ticks(field) ? field.checked : writes(field) && field.value; })
      .map(function (field) { return [field.name, field.value]; });
  }
  function keep() {
    if (!store || !ready || !own()) return;
    var said = answers();
    if (!said.length) return store.removeItem(mark + own());
    try { store.setItem(mark + own(), JSON.stringify([key() && key().value, said, !!going])); } catch (full) {}
  }
  function bring() {
    var kept, given = {};
    try { kept = JSON.parse(store.getItem(mark + own())); } catch (broken) {}
    if (!kept) return;
    answers().forEach(function (pair) { given["=" + pair[0]] = true; });
    if (kept[0] && key()) key().value = kept[0];
    fields().forEach(function (field) {
      kept[1].forEach(function (pair) {
        if (pair[0] !== field.name || given["=" + field.name]) return;
        if (writes(field)) field.value = pair[1];
        else if (ticks(field) && pair[1] === field.value) field.checked = true;
      });
    });
    return kept[2];
  }
  function begin() {
    var waits;
    born = sent();
    if (!form()) return;
    form().removeAttribute("hidden");
    show("need", false);
    if (store && own()) {
      draft = own();
      waits = bring();
      show("kept", true);
    }
    ready = true;
    keep();
    if (waits && !going) {
      going = { button: null };
      send();
    }
  }
  function wipe(button) {
    if (!confirm(button.getAttribute("data-asks"))) return;
    fields().forEach(function (field) {
      if (ticks(field)) field.checked = false;
      if (writes(field)) field.value = "";
    });
    changed();
  }
  function changed() {
    if (going && !busy) {
      clearTimeout(timer);
      going = null;
      show("off", false);
    }
    keep();
  }
  function encoded(text) {
    try { return encodeURIComponent(text); } catch (half) { return encodeURIComponent(text.replace(/[\uD800-\uDFFF]/g, "")); }
  }
  function body(button) {
    return fields().filter(function (field) {
      return field.name && (ticks(field) ? field.checked : field.tagName !== "BUTTON" || field === button);
    }).map(function (field) { return encoded(field.name) + "=" + encoded(field.value); }).join("&");
  }
  function forget() {
    if (store) {
      store.removeItem(mark + draft);
      try { store.setItem(mark + "sent", +sent() + 1); } catch (full) { store = null; }
    }
    draft = null;
  }
  function put(page, turned) {
    var style = page.querySelector("style"), there = turned && turned.getAttribute("formaction"), first;
    if (turned) {
      doc.head.replaceChild(doc.importNode(style, true), doc.querySelector("style"));
      if (key()) history.replaceState(null, "", there);
    }
    doc.documentElement.lang = page.documentElement.lang;
    doc.title = page.title;
    doc.body.className = page.body.className;
    doc.body.innerHTML = page.body.innerHTML;
    begin();
    if (there && there.indexOf("#") > 0) return location.replace(there.slice(there.indexOf("#")));
    first = doc.querySelector("[autofocus]") || doc.querySelector("h1");
    scrollTo(0, 0);
    first.tabIndex = -1;
    first.focus();
  }
  function arrived(request, turned) {
    var page = new DOMParser().parseFromString(request.responseText, "text/html"), received = page.querySelector("[data-is=received]");
    var over = request.status === 410 || request.status === 400;
    if (!page.querySelector("main#main h1") || !(received || over || page.querySelector("form#f"))) return false;
    if (received || over) forget();
    if (received && request.responseURL) history.replaceState(null, "", request.responseURL);
    put(page, turned);
    return true;
  }
  function send() {
    if (busy || !going) return;
    var request = new XMLHttpRequest(), button = going.button, turned = button && button.value === "language" ? button : null;
    var text = body(button), again = going.again;
    clearTimeout(timer);
    request.open("POST", turned ? turned.getAttribute("formaction") : form().getAttribute("action"));
    request.setRequestHeader("content-type", "application/x-www-form-urlencoded");
    request.timeout = 60000;
    request.onloadend = function () {
      busy = false;
      say(false);
      going = null;
      keep();
      if (request.status && arrived(request, turned) || turned) return;
      going = { button: button, again: true };
      keep();
      if (request.status < 400 || request.status > 499 || request.status === 408 || request.status === 429) timer = setTimeout(send, 15000);
      show("off", true);
      if (!again && part("off")) part("off").focus();
    };
    busy = true;
    keep();
    say(true);
    request.send(text);
  }
  doc.addEventListener("click", function (event) {
    var on = event.target, is = on.getAttribute && on.getAttribute("data-is");
    if (is === "wipe") wipe(on);
    else if (is === "now") send();
    else if (on.tagName === "BUTTON") pressed = on;
  });
  doc.addEventListener("submit", function (event) {
    var button = event.submitter || pressed;
    pressed = null;
    if (event.target !== form()) return;
    event.preventDefault();
    if (button && button.value === "review") {
      location.hash = "review";
      return;
    }
    if (busy) return;
    going = { button: button };
    send();
  });
  doc.addEventListener("change", changed);
  doc.addEventListener("input", function (event) { if (writes(event.target)) changed(); });
  addEventListener("online", send);
  addEventListener("pagehide", function () { doc.body.hidden = true; });
  addEventListener("pageshow", function (event) {
    var given = form() && (sent() !== born || event.persisted && !(store && own()));
    if (given) location.replace(form().getAttribute("action"));
    else doc.body.hidden = false;
  });
  if (doc.readyState === "loading") doc.addEventListener("DOMContentLoaded", begin); else begin();
})();
