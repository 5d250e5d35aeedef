// Yes or no, numbers, and lists on the page.

CONTROLS["yes-no"] = (prompt, page) => {
  const choices = [{ value: true, label: "Yes" }, { value: false, label: "No" }];
  const all = radios({ choices, onPick: (value) => page.give(prompt, value), className: "in-a-row" });
  return { element: all.element, show: (one) => all.show(one.value), problems: () => [] };
};

CONTROLS.number = (prompt, page) => {
  const fits = (number) => !Number.isNaN(number) && KINDS.number.takes(prompt, number);
  const read = (text) => readNumber(text, prompt.expected, fits);
  const help = prompt.expected && `${capital(prompt.expected)}.`;
  return fieldControl(prompt, page, { help, inputmode: "decimal" }, read, inFull);
};

CONTROLS.list = (prompt, page) => {
  let isLoaded = false;
  const give = () => {
    const texts = rows.filled().map((row) => row.text);
    page.give(prompt, texts.length ? texts : undefined);
  };
  const rows = ownRows({
    prompt, page, onChange: give, most: () => prompt.max ?? Infinity,
    named: (place) => `Number ${place + 1}`, add: "Add one more", drawsIds: false,
  });
  const show = (one) => {
    if (!isLoaded) (one.value ?? [""]).forEach((text) => rows.addRow({ text }));
    isLoaded = true;
  };
  return { element: rows.element, show, problems: rows.problems };
};
