/* Copies the address of what is shown. */
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
