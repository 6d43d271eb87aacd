(function () {
  var doc = document, mark = "par-survey:", store, born, draft, busy, going, timer, pressed;
  try { store = sessionStorage; store.setItem(mark, ""); store.removeItem(mark); } catch (refused) { store = null; }
  function at(id) { return doc.getElementById(id); }
  function show(id, shown) {
    var found = at(id);
    if (found && shown) found.removeAttribute("hidden");
    else if (found) found.setAttribute("hidden", "");
  }
  function sent() { return store && store.getItem(mark + "sent") || "0"; }
  function fields() { return Array.prototype.slice.call(doc.querySelectorAll("#f input,#f textarea,#f button,[form=f]")); }
  function ticks(field) { return field.type === "radio" || field.type === "checkbox"; }
  function writes(field) { return field.tagName === "TEXTAREA"; }
  function named() { return at("f") && at("f").getAttribute("data-draft"); }
  function key() { return doc.querySelector("[name=key]"); }
  function answers() {
    return fields().filter(function (field) { return ticks(field) ? field.checked : writes(field) && field.value; })
      .map(function (field) { return [field.name, field.value]; });
  }
  function keep() {
    if (store && named()) try { store.setItem(mark + draft, JSON.stringify([key() && key().value, answers()])); } catch (full) {}
  }
  function bring() {
    var kept;
    try { kept = JSON.parse(store.getItem(mark + draft)); } catch (broken) {}
    if (!kept) return;
    if (kept[0] && key()) key().value = kept[0];
    fields().forEach(function (field) {
      kept[1].forEach(function (pair) {
        if (pair[0] !== field.name) return;
        if (writes(field)) field.value = pair[1];
        else if (ticks(field) && pair[1] === field.value) field.checked = true;
      });
    });
  }
  function begin() {
    var form = at("f");
    born = sent();
    if (!form) return;
    draft = named() || draft;
    show("f", true);
    show("need", false);
    if (!store || !named()) return;
    if (answers().length) keep(); else bring();
    show("kept", true);
  }
  function wipe() {
    fields().forEach(function (field) {
      if (ticks(field)) field.checked = false;
      if (writes(field)) field.value = "";
    });
    if (store) store.removeItem(mark + draft);
  }
  function body(button) {
    return fields().filter(function (field) {
      return field.name && (ticks(field) ? field.checked : field.tagName !== "BUTTON" || field === button);
    }).map(function (field) { return encodeURIComponent(field.name) + "=" + encodeURIComponent(field.value); }).join("&");
  }
  function received(address) {
    if (store) {
      store.removeItem(mark + draft);
      try { store.setItem(mark + "sent", +sent() + 1); } catch (full) { store = null; }
    }
    draft = null;
    if (address) history.replaceState(null, "", address);
  }
  function arrived(request) {
    var page = new DOMParser().parseFromString(request.responseText, "text/html"), first;
    if (!page.getElementById("main")) return false;
    if (page.getElementById("received")) received(request.responseURL);
    doc.documentElement.lang = page.documentElement.lang;
    doc.title = page.title;
    doc.body.className = page.body.className;
    doc.body.innerHTML = page.body.innerHTML;
    begin();
    first = doc.querySelector("[autofocus]") || doc.querySelector("h1");
    scrollTo(0, 0);
    first.tabIndex = -1;
    first.focus();
    return true;
  }
  function send() {
    if (busy || !going) return;
    var request = new XMLHttpRequest();
    busy = true;
    clearTimeout(timer);
    show("off", false);
    show("wait", true);
    request.open("POST", going.address);
    request.setRequestHeader("content-type", "application/x-www-form-urlencoded");
    request.timeout = 60000;
    request.onloadend = function () {
      var button = going.button;
      busy = false;
      show("wait", false);
      going = null;
      if (request.status && arrived(request)) return;
      going = { address: at("f").getAttribute("action"), button: button };
      timer = setTimeout(send, 15000);
      show("off", true);
      if (at("off")) at("off").focus();
    };
    request.send(body(going.button));
  }
  function ask(event) {
    var button = event.submitter || pressed;
    pressed = null;
    if (event.target !== at("f")) return;
    if (button && button.value === "language") {
      if (!store || !named() || !key()) return;
      event.preventDefault();
      keep();
      location.replace(button.formAction);
      return;
    }
    event.preventDefault();
    if (button && button.value === "review") {
      location.hash = "review";
      return;
    }
    going = { address: at("f").getAttribute("action"), button: button };
    send();
  }
  doc.addEventListener("click", function (event) {
    var on = event.target;
    if (on.id === "wipe") wipe();
    else if (on.id === "now") send();
    else if (on.tagName === "BUTTON") pressed = on;
  });
  doc.addEventListener("submit", ask);
  doc.addEventListener("change", keep);
  doc.addEventListener("input", function (event) { if (writes(event.target)) keep(); });
  addEventListener("online", send);
  addEventListener("pagehide", function () { doc.body.hidden = true; });
  addEventListener("pageshow", function (event) {
    if (sent() !== born || event.persisted && !store) location.replace(at("f") ? at("f").getAttribute("action") : "/");
    else doc.body.hidden = false;
  });
  if (doc.readyState === "loading") doc.addEventListener("DOMContentLoaded", begin); else begin();
})();
