"""The door of forms: a `Formulario` is declared once, a `Hoja` is one filled in by somebody.

A page that receives a form asks for its sheet and acts inside it::

    def cancelar(…, hoja: Annotated[Hoja[Cancelacion], Depends(CANCELACION)]) -> Response:
        with hoja:
            pedidos.cancelar(sesion, actor, pedido_id, hoja.datos.motivo)
            return redirigir("/pedidos", _("Pedido cancelado."))
        return _pagina(request, sesion, actor, pedido_id, hoja)

`with` opens a savepoint, after whoever sent the same form (`_id`) is done. A refusal (`ErrorDominio`, or
data that will not do) undoes everything done inside, writes what the use case declared to survive
(`nucleo.bd.sobrevive`), and the page goes on after the block, to be shown again with what was typed and what
is wrong. That one must sign in, or that a thing does not exist, goes on as it does anywhere.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from types import TracebackType
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel, ValidationError
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from nucleo.archivos.recibido import Recibido
from nucleo.bd import Sesion, escribir_lo_que_sobrevive, olvidar_lo_que_sobrevive
from nucleo.bloqueos import cerrojo
from nucleo.enteras import id_de_formulario
from nucleo.errores import Conflicto, DatosInvalidos, ErrorDominio, NoEncontrado, mensaje_de_validacion
from nucleo.formularios import guardados
from nucleo.formularios.campos import Campo, Opciones
from nucleo.formularios.recibir import BYTES_DE_TEXTO, Enviado, leer_cuerpo
from nucleo.formularios.resto import FILAS_EMPACADAS
from nucleo.formularios.valores import a_texto
from nucleo.ids import exigir_elegible
from nucleo.lectores import Preciso, limpiar
from nucleo.modelos import ClaveIdempotencia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

M = TypeVar("M", bound=BaseModel)
GENERAL = "general"
IDS_DEL_MARCO = frozenset({"buscador", "contenido"})  # of templates/base.html
"""The key of an error that belongs to no field; of a second one, `general.` and what it is about."""
SE_PROPAGAN = frozenset({401, 404})
FILAS_MAXIMAS = 500
FILAS_DE_PAGINAS = 99_999
BYTES_DE_PAGINAS = 8 * 1024 * 1024
"""Of a form whose rows come packed; what a request may be is more."""
DE_MAS = ("string_too_long", "too_long")
_FILA = re.compile(r"\.\*\.")


class EntradasInvalidas(DatosInvalidos):
    """`campos` names inputs of the page; any other error names places in the data (rows by their order)."""


class OtraPersona(Conflicto):
    """The page was shown to somebody else: a tab that stayed open while another person signed in."""

    codigo = "otra_persona"
    titulo = _l("Esta página era de otra persona")


class Nada(BaseModel):
    """The data of a form that is only a button."""


class Formulario(Generic[M]):
    """A form: the model of what it asks for, and its fields in the order in which they are asked.

    `parcial`: an edit; only what the person changed goes to the model, and `Hoja.version` to the use case.
    `lugares`: the field that shows an error, by its code, that of its class or the name it gives the field.
    `guardable`: whether what was typed is kept some minutes when the session ended; never money nor bids.
    `por_paginas`: a list as long as it takes, of which each page shows some and carries the rest packed.
    """

    def __init__(
        self,
        nombre: str,
        modelo: type[M],
        *campos: Campo,
        parcial: bool = False,
        lugares: Mapping[str, str] | None = None,
        guardable: bool = True,
        por_paginas: bool = False,
    ) -> None:
        self.nombre = nombre
        self.modelo = modelo
        self.campos = campos
        self.parcial = parcial
        self.lugares = dict(lugares or {})
        self.guardable = guardable
        self.archivos = {c.nombre: c.bytes_maximos for c in campos if c.bytes_maximos}
        self._por_nombre = {c.nombre: c for c in campos}
        filas = any("*" in c.nombre for c in campos)
        self.filas_maximas = FILAS_DE_PAGINAS if por_paginas else FILAS_MAXIMAS
        self._maximo_de_campos = len(campos) * (FILAS_MAXIMAS if filas else 1) + 20
        self._bytes_de_texto = BYTES_DE_TEXTO
        if por_paginas:
            self._maximo_de_campos += FILAS_DE_PAGINAS // FILAS_EMPACADAS
            self._bytes_de_texto = BYTES_DE_PAGINAS
        assert len(self._por_nombre) == len(campos), f"{nombre}: two fields with one name"

    async def __call__(self, request: Request, sesion: Sesion) -> "Hoja[M]":
        """As a dependency of a route: the sheet that was sent."""
        return Hoja(self, await self.leer(request), sesion=sesion, request=request)

    async def leer(self, request: Request) -> Enviado:
        """What was sent: the body, or the address of a form that only asks (GET)."""
        if request.method == "GET":
            return Enviado({n: limpiar(v) for n, v in request.query_params.items()}, {})
        leido: Enviado | None = getattr(request.state, "enviado", None)
        if leido is None:
            leido = await leer_cuerpo(
                request,
                campos=self._maximo_de_campos,
                archivos=self.archivos,
                bytes_de_texto=self._bytes_de_texto,
            )
            request.state.enviado = leido
        return leido

    def mostrar(
        self,
        request: Request,
        valores: Mapping[str, Any] | None = None,
        *,
        version: int | None = None,
        enviada: "Hoja[Any] | None" = None,
        opciones: Mapping[str, Opciones] | None = None,
        de: str = "",
    ) -> "Hoja[M]":
        """The sheet that a page shows: `valores` as they are now, under what the person typed.

        `enviada` is the refused sheet, if any (one of another form, or about another thing `de`, is not this
        one). Without it, what was kept when the session ended. `version` is that of the thing edited.
        """
        hoja = Hoja(self, Enviado({n: a_texto(v) for n, v in (valores or {}).items()}, {}), de=de)
        hoja.pagina = (enviada.pagina if enviada else "") or guardados.direccion(request)
        hoja.quien = guardados.quien_mira(request)
        hoja.opciones = dict(opciones or {})
        hoja.version = version if version is not None else -1
        if self.parcial:
            hoja.antes = {n: _huella(t) for n, t in hoja.valores.items() if self.campo(n)}
        if enviada is not None and enviada.formulario is self and enviada.de == de:
            hoja.reponer(enviada)
        elif enviada is None and (guardado := guardados.recuperar(request, self.nombre, de)):
            hoja.reponer(Hoja(self, Enviado(guardado, {}), de=de))
            hoja.recuperada = True
        return hoja

    def valores_de(self, fila: object) -> dict[str, Any]:
        """What the fields hold of a row that has them by the same names; to edit it."""
        return {c.nombre: getattr(fila, c.nombre) for c in self.campos if hasattr(fila, c.nombre)}

    def campo(self, entrada: str) -> Campo | None:
        """The field of an input of the page: `lineas.3.precio` is one of `lineas.*.precio`."""
        return self._por_nombre.get(entrada) or self._por_nombre.get(re.sub(r"\.\d+\.", ".*.", entrada))


class Hoja(Generic[M]):
    """A form as one person filled it in, or is about to.

    `valores` has the texts by input; `errores`, what is wrong by input (`general`: by none). `ajenos` are the
    inputs that somebody else changed meanwhile. `de` tells apart sheets of one form on one page.
    """

    def __init__(
        self,
        formulario: Formulario[M],
        enviado: Enviado,
        *,
        sesion: Session | None = None,
        request: Request | None = None,
        de: str = "",
    ) -> None:
        self.formulario = formulario
        self.sesion = sesion
        self._request = request
        self.valores = dict(enviado.textos)
        self.de = de or self.valores.pop("_de", "")
        self.archivos = enviado.archivos
        self.errores: dict[str, str] = {}
        self.error: ErrorDominio | None = None
        self.estado = 200
        self.cabeceras: dict[str, str] = {}
        self.opciones: dict[str, Opciones] = {}
        self.ajenos: dict[str, str] = {}
        self.recuperada = False
        self.pagina = self.valores.pop("_pagina", "")
        self.quien = self.valores.pop("_quien", "")
        self._traido = self.valores.pop("_id", "")
        self._id = self._traido or id_de_formulario()
        self.version = _entero(self.valores.pop("_version", ""))
        self.antes = _leer_huellas(self.valores.pop("_antes", ""))
        self._datos: M | None = None

    # --- Receiving --------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        assert self.sesion is not None, "a sheet to be shown is not one that was sent"
        if self.quien and self._request and guardados.quien_mira(self._request) not in ("", self.quien):
            raise OtraPersona(_("No se hizo nada. Vuelva a abrir la página y revise lo que va a enviar."))
        if self._traido:  # pressed twice at once: the second finds what the first one did
            cerrojo(self.sesion, f"formulario {self.formulario.nombre} {self._traido}")
        self._punto = self.sesion.begin_nested()
        self._punto.__enter__()
        return self

    def __exit__(
        self, tipo: type[BaseException] | None, error: BaseException | None, traza: TracebackType | None
    ) -> bool:
        assert self.sesion is not None
        self._punto.__exit__(tipo, error, traza)
        if error is None:
            olvidar_lo_que_sobrevive(self.sesion)
        if not isinstance(error, ErrorDominio):
            return False
        # What was read inside may have been what the act itself wrote: the page must show what is there.
        self.sesion.expire_all()
        if error.estado in SE_PROPAGAN:
            return False
        escribir_lo_que_sobrevive(self.sesion)
        self._anotar(error)
        return True

    def negar(self, error: ErrorDominio) -> None:
        """Show a refusal that the use case answered instead of raising; what it wrote of it stays.

        For counts that would let somebody try once more if they were undone and written again.
        """
        self._anotar(error)

    @property
    def rechazada(self) -> bool:
        return self.error is not None

    @property
    def id(self) -> UUID:
        """The id that came with the form: sending it twice is doing it once."""
        try:
            return exigir_elegible(UUID(self._id))
        except ValueError:
            raise DatosInvalidos(_("Vuelva a abrir la página y llene el formulario otra vez.")) from None

    @property
    def ya_hecha(self) -> bool:
        """Whether this form, sent before, did what it asks; for acts whose use case does not take its id.

        Asked inside the `with`: a refusal forgets that it was asked.
        """
        assert self.sesion is not None
        fila = {
            "actor": f"formulario {self.formulario.nombre}",
            "clave": str(self.id),
            "huella": b"",
            "estado": 303,
            "cabeceras": {},
            "cuerpo": b"",
        }
        anotar = insert(ClaveIdempotencia).values(fila).on_conflict_do_nothing()
        primera = self.sesion.connection().execute(anotar.returning(col(ClaveIdempotencia.clave)))
        return primera.first() is None

    def uuid(self, entrada: str) -> UUID:
        """The id in an input that the page itself wrote; raises `NoEncontrado`."""
        id = self.uuid_o_nada(entrada)
        if id is None:
            raise NoEncontrado()
        return id

    def uuid_o_nada(self, entrada: str) -> UUID | None:
        """The id in an input, for the page that comes back after a refusal; None of what is no id."""
        try:
            return UUID(self.valores.get(entrada, ""))
        except ValueError:
            return None

    @property
    def datos(self) -> M:
        """What was asked for. Raises `DatosInvalidos`, with every field that will not do."""
        if self._datos is None:
            self._datos = self._validar()
        return self._datos

    def archivo(self, nombre: str) -> Recibido:
        """A file that was asked for. Raises `DatosInvalidos`, as `datos` does, when it did not come."""
        assert self.datos is not None
        return self.archivos[nombre]

    @property
    def cambiados(self) -> set[str]:
        """The inputs that the person changed since the page was made; all of them when it does not say."""
        entradas = {e for e in self.valores if self.formulario.campo(e)}
        for entrada in self.antes:  # a box unticked and a row taken out are not sent at all
            campo = self.formulario.campo(entrada)
            if campo is not None and (campo.control == "casilla" or "*" in campo.nombre):
                entradas.add(entrada)
        vacia = _huella("") if self.antes else ""
        return {e for e in entradas if self.antes.get(e, vacia) != _huella(self.valores.get(e, ""))}

    def _validar(self) -> M:
        datos, errores, lugares = self._leer_campos()
        try:
            hecho = self.formulario.modelo.model_validate(datos)
        except ValidationError as error:
            faltas = error.errors()
            for falta in faltas:
                if falta["type"] == "too_short" and any(
                    _dentro(otra["loc"], falta["loc"]) for otra in faltas
                ):
                    continue  # a row that will not do was not counted: its own error says it
                lugar = ".".join(str(p) for p in falta["loc"])
                if falta["type"] == "missing" and any(e.startswith(f"{lugar}.") for e in errores):
                    continue  # nothing of it could be read: the errors of its inputs say it
                entrada = self._entrada(lugar, lugares)
                campo = self.formulario.campo(entrada)
                errores.setdefault(entrada, _que_decir(falta, campo))
            raise EntradasInvalidas(_("Revise los datos marcados."), campos=errores) from error
        if errores:
            raise EntradasInvalidas(_("Revise los datos marcados."), campos=errores)
        return hecho

    def _leer_campos(self) -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
        """The data in the shape of the model; errors by input; the input of each place in the data."""
        datos: dict[str, Any] = {}
        errores: dict[str, str] = {}
        lugares: dict[str, str] = {}
        tocados = {e.split(".")[0] for e in self.cambiados} if self.formulario.parcial else None
        for campo in self.formulario.campos:
            if tocados is not None and campo.nombre.split(".")[0] not in tocados and not campo.bytes_maximos:
                continue
            if campo.bytes_maximos:
                if not campo.opcional and campo.nombre not in self.archivos:
                    errores[campo.nombre] = str(campo.falta) or _("Elija un archivo.")
                continue
            for lugar, entrada in self._entradas(campo):
                lugares[".".join(str(p) for p in lugar)] = entrada
                try:
                    valor = self._leer(campo, self.valores.get(entrada, ""))
                except Preciso as error:
                    errores[entrada] = str(error)
                    continue
                except ValueError as error:
                    errores[entrada] = str(campo.falta) or str(error)
                    continue
                _poner(datos, lugar, valor)
        return datos, errores, lugares

    def _leer(self, campo: Campo, texto: str) -> Any:
        if texto:
            return campo.lector(texto)
        if campo.opcional or campo.control == "oculto":
            return campo.vacio
        campo.lector("")  # an amount, a number or a date that is not there is asked for in its own words
        raise ValueError(_("Falta este dato."))

    def _entradas(self, campo: Campo) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """Where in the data each input of a field goes; of rows, those in which something was written."""
        if "*" not in campo.nombre:
            yield tuple(campo.nombre.split(".")), campo.nombre
            return
        grupo, resto = _FILA.split(campo.nombre)
        for lugar, fila in enumerate(self.filas(grupo)):
            yield (*grupo.split("."), lugar, *resto.split(".")), f"{grupo}.{fila}.{resto}"

    def filas(self, grupo: str) -> list[int]:
        """The numbers of the rows of `grupo` in which something was written."""
        forma = re.compile(rf"{re.escape(grupo)}\.([0-9]{{1,5}})\.")
        halladas = (forma.match(e) for e, texto in self.valores.items() if texto and self.formulario.campo(e))
        return sorted({int(m[1]) for m in halladas if m})[: self.formulario.filas_maximas]

    def _entrada(self, lugar: str, lugares: Mapping[str, str]) -> str:
        """The input to which an error belongs; `general` when it belongs to none."""
        lugar = self.formulario.lugares.get(lugar, lugar)
        while lugar:
            if lugar in lugares:
                return lugares[lugar]
            if self.formulario.campo(lugar):
                return lugar
            lugar = lugar.rpartition(".")[0]
        return GENERAL

    def _anotar(self, error: ErrorDominio) -> None:
        self.error = error
        self.estado = error.estado
        self.cabeceras = dict(error.cabeceras)
        lugares = {
            ".".join(str(p) for p in lugar): entrada
            for campo in self.formulario.campos
            for lugar, entrada in self._entradas(campo)
        }
        for nombre, texto in (error.campos or {}).items():
            entrada = nombre if isinstance(error, EntradasInvalidas) else self._entrada(nombre, lugares)
            campo = self.formulario.campo(entrada)
            if campo is not None and campo.control not in ("oculto", "boton"):
                self.errores.setdefault(entrada, texto)
            elif texto not in self.errores.values():
                self.errores[f"{GENERAL}.{nombre}" if GENERAL in self.errores else GENERAL] = texto
        propio, de_su_clase = error.codigo, type(error).codigo
        lugar = self.formulario.lugares.get(propio) or self.formulario.lugares.get(de_su_clase)
        if not error.campos or (lugar and not any(self.formulario.campo(e) for e in self.errores)):
            self.errores[lugar or GENERAL] = error.detalle

    def guardar(self, request: Request, pagina: str) -> str | None:
        """Keep what was typed while the person signs in; the secret for the browser, if it may be kept."""
        secretos = {c.nombre for c in self.formulario.campos if c.secreto}
        escrito = {e: t for e, t in self.valores.items() if self.formulario.campo(e) and e not in secretos}
        if not self.formulario.guardable or not escrito:
            return None
        if self.antes:
            escrito["_antes"] = json.dumps(self.antes)
        return guardados.guardar(
            request,
            formulario=self.formulario.nombre,
            de=self.de,
            pagina=pagina,
            quien=self.quien,
            valores=escrito,
        )

    # --- Showing ----------------------------------------------------------------------------------

    def reponer(self, enviada: "Hoja[Any]") -> None:
        """Lay what was typed on the values of now: of an edit, only what the person changed."""
        self._id = enviada._id
        self.pagina = enviada.pagina or self.pagina
        self.errores, self.estado, self.cabeceras = enviada.errores, enviada.estado, enviada.cabeceras
        self.error = enviada.error
        secretos = {c.nombre for c in self.formulario.campos if c.secreto}
        escrito = {e: t for e, t in enviada.valores.items() if e not in secretos}
        ocultos = {c.nombre for c in self.formulario.campos if c.control == "oculto"}
        for propio in ocultos & self.valores.keys():
            escrito.pop(propio, None)  # of what is on the page now, not of what was there before
        if not enviada.antes:
            self.valores |= escrito
            return
        propios = enviada.cambiados
        ajenos = {e: t for e, t in self.valores.items() if enviada.antes.get(e, _huella(t)) != _huella(t)}
        self.valores |= {e: escrito.get(e, "") for e in propios}
        self.ajenos = {e: t for e, t in ajenos.items() if e not in propios or self.valores[e] != t}

    @property
    def ocultos(self) -> dict[str, str]:
        """What the form carries unseen, besides its fields."""
        llevados = {"_id": self._id, "_pagina": self.pagina}
        if self.quien:
            llevados["_quien"] = self.quien
        if self.de:
            llevados["_de"] = self.de
        if self.formulario.parcial or self.version >= 0:
            llevados["_version"] = str(self.version)
        if self.formulario.parcial:
            llevados["_antes"] = json.dumps(self.antes)
        return llevados

    def id_de(self, entrada: str) -> str:
        """The id of an input in the page: none of another sheet's, nor of the frame's."""
        if entrada in IDS_DEL_MARCO:
            entrada = f"campo-{entrada}"
        return f"{entrada}-{self.de}" if self.de and entrada != GENERAL else entrada

    @property
    def resumen(self) -> dict[str, str]:
        """The errors by the id of their input, in the order of the fields."""
        orden = [c.nombre for c in self.formulario.campos]

        def lugar(entrada: str) -> int:
            campo = self.formulario.campo(entrada)
            return orden.index(campo.nombre) if campo else -1

        return {self.id_de(e): self.errores[e] for e in sorted(self.errores, key=lugar)}

    def opciones_de(self, entrada: str) -> list[Any]:
        campo = self.formulario.campo(entrada)
        assert campo is not None, entrada
        propias = campo.opciones() if callable(campo.opciones) else campo.opciones
        return list(self.opciones.get(campo.nombre, propias))

    def en_palabras(self, entrada: str, texto: str) -> str:
        """A value as its option calls it, or as it was written."""
        for opcion in self.opciones_de(entrada):
            grupo = opcion[1] if isinstance(opcion[1], (list, tuple)) else [opcion]
            for una in grupo:
                if str(una[0]) == texto:
                    return str(una[1])
        return texto or _("vacío")


def formulario_de_la_ruta(request: Request) -> Formulario[Any] | None:
    """The form that this request's route receives."""
    raiz = getattr(request.scope.get("route"), "dependant", None)
    pendientes = [raiz] if raiz is not None else []
    while pendientes:
        nodo = pendientes.pop()
        if isinstance(nodo.call, Formulario):
            return nodo.call
        pendientes += nodo.dependencies
    return None


def _poner(datos: dict[str, Any], lugar: tuple[str | int, ...], valor: Any) -> None:
    """Set a value deep in dictionaries and lists; None is left out, but makes its row exist."""
    if valor is None and not any(isinstance(parte, int) for parte in lugar):
        return
    destino: Any = datos
    for parte, siguiente in pairwise(lugar):
        if isinstance(parte, int):
            destino.extend({} for _fila in range(len(destino), parte + 1))
            destino = destino[parte]
        else:
            destino = destino.setdefault(parte, [] if isinstance(siguiente, int) else {})
    if valor is not None:
        destino[lugar[-1]] = valor


def _que_decir(falta: Any, campo: Campo | None) -> str:
    """The words of the field, unless the model has better: whoever wrote too much did write it."""
    propia = "" if campo is None or falta["type"] == "value_error" else str(campo.falta)
    if campo is not None and campo.control in ("campo", "area") and falta["type"] in DE_MAS:
        propia = ""
    return propia or mensaje_de_validacion(falta)


def _dentro(lugar: tuple[int | str, ...], otro: tuple[int | str, ...]) -> bool:
    return len(lugar) > len(otro) and lugar[: len(otro)] == otro


def _huella(texto: str) -> str:
    return hashlib.sha256(texto.encode("utf-8", "replace")).hexdigest()[:12]


def _leer_huellas(texto: str) -> dict[str, str]:
    """What the page said there was, by input; nothing when somebody spoiled it."""
    try:
        leido = json.loads(texto or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in leido.items()} if isinstance(leido, dict) else {}


def _entero(texto: str) -> int:
    """A version that the page wrote; -1, which is nobody's, when somebody changed it."""
    return int(texto) if texto.isascii() and texto.isdigit() and len(texto) < 10 else -1
