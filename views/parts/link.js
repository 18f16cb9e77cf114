/* Copies the address of what is shown. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const button = document.createElement("button"), said = document.createElement("span");
  button.type = "button";
  button.textContent = "Copy link";
  said.setAttribute("role", "status");
  button.onclick = async () => {
    await copy(location.origin + location.pathname + (data.query ? "?" + data.query : ""));
    said.textContent = "Copied";
    setTimeout(() => { said.textContent = ""; }, 2500);
  };
  root.replaceChildren(button, said);
}
