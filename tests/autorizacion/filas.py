"""What a row of the matrix says: a route, who may use it, a well-formed request, and what the others get."""

import re
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Quien:
    """Who may: `derecho` names a person of the scene (None: anybody, signed in or not).

    `unidad` and `facultad`: they may by a mandate; `por_mandato`, so may anybody else who holds it. `libre`:
    whoever is signed in may, each about their own things.
    """

    derecho: str | None
    unidad: str = "tienda"
    facultad: str | None = None
    libre: bool = False
    por_mandato: bool = False


PUBLICO = Quien(None)
CIUDADANO = Quien("ana", libre=True)
REGULADOR = Quien("rita", "autoridad", "REGULAR", por_mandato=True)


def persona(nombre: str) -> Quien:
    """Only that person: the thing is theirs."""
    return Quien(nombre)


def mandato(unidad: str, facultad: str, derecho: str) -> Quien:
    """Who holds the faculty for that unit; `derecho` does."""
    return Quien(derecho, unidad, facultad, por_mandato=True)


ANA = persona("ana")
CUENTA_DE_ANA = {"cuenta": "{cuenta_ana}"}
RECIBO = {"params": {"transferencia_id": "pago"}}
"""A transfer from Ana to Luis."""
LIBRO = "cada transferencia dice quién, por quién y con qué mandato"


@dataclass(frozen=True)
class Negada:
    """A request of who may, as well-formed as the row's own, that the domain refuses, and how it is answered.

    Best is a refusal that comes late, after the use case has written: it finds what is not undone.
    """

    estado: int
    dice: str
    """The problem's `codigo` (API); words of the page, or of the message that a redirection leaves."""
    con: Any = None
    """What differs in the row's form or JSON (fields of it, or a whole other one)."""
    params: Mapping[str, str] = field(default_factory=dict)
    consulta: Mapping[str, Any] = field(default_factory=dict)
    cabeceras: Mapping[str, str] = field(default_factory=dict)
    archivo: tuple[str, str, str] | None = None
    a: str = ""
    """Where a redirection leads (prefix of `Location`)."""
    quien: str = ""
    """Another person who may."""
    antes: Callable[[Any], None] | None = None
    """What happens to the scene first."""
    cambia: Mapping[str, str] = field(default_factory=dict)
    """Tables that the refusal writes all the same, and why."""
    pendiente: str = ""
    """What is not undone today: the test asks for the mark to go once it is mended."""


@dataclass(frozen=True)
class Fila:
    metodo: str
    ruta: str
    quien: Quien
    exito: int
    variante: str = ""
    """Names another row of the same route, about another kind of thing."""
    params: Mapping[str, str] = field(default_factory=dict)
    """Name of the value of the scene for each parameter of the path; without it, the parameter's own name."""
    consulta: Mapping[str, Any] | None = None
    json: Any = None
    form: Mapping[str, Any] | None = None
    archivo: tuple[str, str, str] | None = None
    """Field, file name and text of an uploaded file."""
    cabeceras: Mapping[str, str] = field(default_factory=dict)
    a: str | None = None
    """Where success leads (prefix of `Location`)."""
    tambien: Collection[str] = ()
    """Columns of other callers who may, too."""
    leen: Collection[str] = ()
    """Columns of those who may not, but may read the page in which they are told so."""
    solo_quien: str = ""
    """Why the faculty is not enough, and it must be that very person."""
    con_otros: int | str = 0
    """What whoever only may with others gets: «mira», the same as who may; «propone», their signature on it,
    waiting for the others'; or a refusal. Where it is 0, whatever it is: nothing changes and nothing breaks.
    """
    rechazo: int | Mapping[str, int] = 403
    """Status for whoever is signed in and may not; by kind of caller where they differ."""
    alcance: str | None = None
    """The scopes by which a machine of the unit may, too; without the first it may not."""
    maquina: int = 403
    """What a machine of another unit gets."""
    contiene: bool = False
    """The right caller's answer shows what is private in the scene (nobody else's ever does)."""
    con_sesion: int | None = None
    """Of a public route: what whoever is signed in gets, when it is another thing."""
    escribe: bool | None = None
    """Whether success changes rows; by the method unless told."""
    sin_auditoria: str = ""
    """Why a change of state leaves no line in the audit trail."""
    negada: Negada | None = None
    sin_negada: str = ""
    """Why the domain refuses nothing that is well-formed."""

    @property
    def es_api(self) -> bool:
        return self.ruta.startswith(("/api/", "/escaner/"))

    @property
    def cambia(self) -> bool:
        return self.metodo != "GET" if self.escribe is None else self.escribe

    @property
    def clave(self) -> tuple[str, str]:
        return self.metodo, self.ruta

    def con_lo_negado(self) -> "Fila":
        """The same row, asking for what is refused."""
        n = self.negada
        assert n is not None
        return replace(
            self,
            params={**self.params, **n.params},
            consulta={**(self.consulta or {}), **n.consulta} or None,
            cabeceras={**self.cabeceras, **n.cabeceras},
            archivo=n.archivo or self.archivo,
            json=_cambiado(self.json, n.con),
            form=_cambiado(self.form, n.con),
        )

    def estado_de_rechazo(self, caso: str) -> int:
        if isinstance(self.rechazo, int):
            return self.rechazo
        return self.rechazo.get(caso, 403)

    def solicitud(self, valores: Mapping[str, Any]) -> dict[str, Any]:
        """The request, with the scene's values in place of their names; `{nuevo}`, `{otro}`: new ids."""
        con = {**valores, "nuevo": str(uuid.uuid4()), "otro": str(uuid.uuid4())}
        pedido: dict[str, Any] = {
            "method": self.metodo,
            "url": re.sub(
                r"\{(\w+)(?::\w+)?\}",
                lambda m: str(con[self.params.get(m[1], m[1])]),
                self.ruta,
            ),
            "params": _llenar(self.consulta, con),
            "headers": _llenar(dict(self.cabeceras), con),
        }
        if self.json is not None:
            pedido["json"] = _llenar(self.json, con)
        if self.form is not None:
            pedido["data"] = _llenar(dict(self.form), con)
        if self.archivo is not None:
            campo, nombre, texto = self.archivo
            contenido = con.get(texto, texto)
            pedido["files"] = {
                campo: (nombre, contenido if isinstance(contenido, bytes) else contenido.encode())
            }
        return pedido


def _cambiado(suyo: Any, con: Any) -> Any:
    if suyo is None or con is None:
        return suyo
    return {**suyo, **con}


def _llenar(dato: Any, con: Mapping[str, Any]) -> Any:
    if isinstance(dato, str):
        entero = re.fullmatch(r"\{(\w+)\}", dato)
        if entero is None:
            return dato.format_map(con) if "{" in dato else dato
        valor = con[entero[1]]
        return str(valor) if isinstance(valor, uuid.UUID) else valor
    if isinstance(dato, Mapping):
        return {k: _llenar(v, con) for k, v in dato.items()}
    if isinstance(dato, (list, tuple)):
        return [_llenar(v, con) for v in dato]
    return dato


def fila(metodo: str, ruta: str, quien: Quien, exito: int, **mas: Any) -> Fila:
    return Fila(metodo, ruta, quien, exito, **mas)


def no(estado: int, dice: str, con: Any = None, **mas: Any) -> Negada:
    return Negada(estado, dice, con, **mas)


def bs(monto: str) -> dict[str, str]:
    return {"monto": monto, "moneda": "BOB"}
