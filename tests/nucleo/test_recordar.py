"""Parts of pages kept by the values they show."""

from dataclasses import dataclass

from jinja2 import DictLoader, Environment

from nucleo.recordar import Recordar
from nucleo.textos import idioma


@dataclass(frozen=True)
class Ficha:
    titulo: str
    precio: int


def _entorno(**plantillas: str) -> tuple[Environment, list[str]]:
    """An environment whose `mirar` notes what it was asked to show."""
    vistos: list[str] = []

    def mirar(texto: str) -> str:
        vistos.append(texto)
        return texto

    env = Environment(loader=DictLoader(plantillas), extensions=[Recordar], autoescape=True)
    env.globals["mirar"] = mirar
    return env, vistos


PAGINA = (
    "{% for f in fichas %}{% recordar f, nivel %}"
    "<h{{ nivel }}>{{ mirar(f.titulo) }}{% endrecordar %}{% endfor %}"
)


def test_se_dibuja_una_vez_por_lo_que_vale() -> None:
    env, vistos = _entorno(pagina=PAGINA)
    pagina = env.get_template("pagina")
    fichas = [Ficha("Té & café", 5), Ficha("Manta", 5), Ficha("Té & café", 5)]
    esperado = "<h2>Té &amp; café<h2>Manta<h2>Té &amp; café"
    assert pagina.render(fichas=fichas, nivel=2) == esperado
    assert pagina.render(fichas=fichas, nivel=2) == esperado
    assert vistos == ["Té & café", "Manta"]
    assert pagina.render(fichas=fichas, nivel=3) == esperado.replace("h2", "h3")
    assert pagina.render(fichas=[Ficha("Manta", 6)], nivel=2) == "<h2>Manta"
    assert vistos == ["Té & café", "Manta", "Té & café", "Manta", "Manta"]


def test_cada_idioma_y_cada_lugar_lo_suyo() -> None:
    env, vistos = _entorno(
        pagina="{% recordar 'pie' %}{{ mirar('uno') }}{% endrecordar %}"
        "{% recordar 'pie' %}{{ mirar('dos') }}{% endrecordar %}"
    )
    pagina = env.get_template("pagina")
    assert pagina.render() == pagina.render() == "unodos"
    assert vistos == ["uno", "dos"]
    ficha = idioma.set("qu")
    try:
        assert pagina.render() == "unodos"
    finally:
        idioma.reset(ficha)
    assert vistos == ["uno", "dos", "uno", "dos"]


def test_una_plantilla_que_se_lee_otra_vez_se_dibuja_otra_vez() -> None:
    env, _vistos = _entorno(pagina="{% recordar 1 %}antes{% endrecordar %}")
    assert env.get_template("pagina").render() == "antes"
    env.loader = DictLoader({"pagina": "{% recordar 1 %}ahora{% endrecordar %}"})
    env.cache.clear()  # type: ignore[union-attr]
    assert env.get_template("pagina").render() == "ahora"
