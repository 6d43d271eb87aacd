(function () {
  var mark = "par-draft:", store;
  try { store = window.localStorage; } catch (refused) { return; }
  if (!store) return;
  var each = Array.prototype.forEach, day = 864e5;
  function names() { return Object.keys(store).filter(function (name) { return name.indexOf(mark) === 0; }); }
  function read(name) { try { return JSON.parse(store.getItem(name)); } catch (broken) { return null; } }
  names().forEach(function (name) {
    var kept = read(name);
    if (!kept || !(Date.now() - kept.time < day)) store.removeItem(name);
  });
  var box = document.getElementById("draft");
  if (!box) { names().forEach(function (name) { store.removeItem(name); }); return; }
  var form = document.getElementById("f"), keep = document.getElementById("keep"), own = mark + box.getAttribute("data-draft");
  function fields() { return Array.prototype.filter.call(form.elements, function (field) { return field.name.indexOf(":") > 0 || field.className === "none"; }); }
  function save() {
    if (!keep.checked) return;
    var said = fields().filter(function (field) { return field.tagName === "TEXTAREA" ? field.value : field.checked; });
    store.setItem(own, JSON.stringify({ time: Date.now(), said: said.map(function (field) { return [field.name, field.value]; }) }));
  }
  var kept = read(own);
  if (kept) {
    keep.checked = true;
    kept.said.forEach(function (pair) {
      each.call(fields(), function (field) {
        if (field.name !== pair[0]) return;
        if (field.tagName === "TEXTAREA") { if (!field.value) field.value = pair[1]; }
        else if (field.value === pair[1] && !form.querySelector('[name="' + field.name + '"]:checked')) field.checked = true;
      });
    });
  }
  form.addEventListener("change", save);
  keep.addEventListener("change", function () { if (!keep.checked) store.removeItem(own); });
  document.getElementById("wipe").addEventListener("click", function () { store.removeItem(own); keep.checked = false; });
  box.hidden = false;
  save();
})();
