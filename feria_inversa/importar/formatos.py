"""The shapes of the files of SICOES: their columns, and what a line of each says.

Months of sociedatos have a column more than ours, who attended: a person and their telephone. It is not read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import blake2b
from operator import itemgetter
from typing import Any, NamedTuple

from feria_inversa.importar import celdas as c
from feria_inversa.importar.celdas import Lector, NoSeEntiende
from feria_inversa.importar.estados import Falla, Formato, Motivo
from feria_inversa.importar.registros import como_se_ve

SIN_LEER = frozenset({"persona_contacto"})
_CENTAVO = Decimal("0.005")


class Nota(NamedTuple):
    """What there is to say of a cell: its column, why, and what it said."""

    campo: str
    motivo: Motivo
    texto: str


@dataclass(slots=True)
class Dicho:
    """What a line says: values by the columns of the table, digest, flaws, what was not understood."""

    cuce: str
    numero: int | None
    huella: str
    valores: tuple[Any, ...]
    notas: list[Nota]
    fallas: list[Falla]


class Columna(NamedTuple):
    """A column of the file, the one of the table where it goes (none: its flaws look at it), its reader;
    whether its cells come again and again, or each line says its own."""

    nombre: str
    campo: str
    leer: Lector
    repite: bool = True


Mirar = Callable[[dict[str, Any], Sequence[str]], Iterator[Falla]]
"""The flaws of a line, by its values and its cells."""
RECUERDA, RECUERDA_LETRAS = 8_192, 100
"""Cells of a column that are remembered at most, and letters of each."""
_NO_SE_ENTIENDE = object()


class _Lectura(dict[str, Any]):
    """What the cells of a column say, by cell: those that may come again are read once. `hubo`: whether one
    of these was not understood."""

    def __init__(self, columna: Columna) -> None:
        super().__init__({"": None})
        self._leer, self._repite, self.hubo = columna.leer, columna.repite, False

    def __missing__(self, celda: str) -> Any:
        try:
            valor = self._leer(celda.strip())  # readers remember: not what pads a cell
        except NoSeEntiende:
            self.hubo = True
            return _NO_SE_ENTIENDE
        if self._repite and len(celda) <= RECUERDA_LETRAS:
            if len(self) > RECUERDA:
                self.clear()
                self[""] = None
            self[celda] = valor
        return valor

    def de(self, celdas: Iterable[str]) -> list[Any]:
        self.hubo = False
        return list(map(self.__getitem__, celdas))


@dataclass(frozen=True)
class Forma:
    """A shape: its columns, what is worked out of them, its flaws. `con_numero`: it is of a part of the
    process, which has a number in it."""

    formato: Formato
    tabla: str
    columnas: tuple[Columna, ...]
    derivadas: tuple[str, ...]
    derivar: Callable[[dict[str, Any], Sequence[str], list[Nota]], None]
    mirar: Mirar
    con_numero: bool = False

    @cached_property
    def campos(self) -> tuple[str, ...]:
        """The columns of the table that a line fills, in the order of `Dicho.valores`."""
        return (*(col.campo for col in self.columnas), *self.derivadas)

    @cached_property
    def de(self) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
        """The values of these columns."""
        return itemgetter(*self.campos)

    @cached_property
    def clave(self) -> bytes:
        """Of its digests: the same cells in two shapes do not say the same."""
        return self.formato.encode()

    def orden(self, cabeza: Sequence[str]) -> list[int] | None:
        """Where each column stands under this heading; None if it is not the heading of this shape."""
        nombres = [celda.strip().lower() for celda in cabeza]
        if sorted(n for n in nombres if n not in SIN_LEER) != sorted(col.nombre for col in self.columnas):
            return None
        return [nombres.index(col.nombre) for col in self.columnas]

    @cached_property
    def _lecturas(self) -> tuple[_Lectura, ...]:
        return tuple(_Lectura(col) for col in self.columnas)

    @cached_property
    def _leidos(self) -> tuple[str, ...]:
        return tuple(col.campo for col in self.columnas)

    @cached_property
    def _huella(self) -> "blake2b":
        return blake2b(digest_size=16, key=self.clave)

    def _leer_una(self, columna: Columna, celda: str, notas: list[Nota]) -> Any:
        """Its value, or what is left of it, with a note of why. Raises `NoSeEntiende` of the code."""
        try:
            return columna.leer(celda.strip()) if celda else None
        except NoSeEntiende as error:
            if columna.campo == "cuce":
                raise
            notas.append(Nota(columna.nombre, error.motivo, como_se_ve(celda)))
            return error.queda

    def leer(self, filas: Sequence[Sequence[str]]) -> Iterator[Dicho | NoSeEntiende]:
        """What these rows of cells say, each in the order of `columnas`: column by column, which takes a
        third of cell by cell. Of a row without a code, why."""
        columnas = [lectura.de(map(itemgetter(n), filas)) for n, lectura in enumerate(self._lecturas)]
        por_partes = {
            n
            for lectura, columna in zip(self._lecturas, columnas, strict=True)
            if lectura.hubo
            for n, valor in enumerate(columna)
            if valor is _NO_SE_ENTIENDE
        }
        for n, (celdas, leidas) in enumerate(zip(filas, zip(*columnas, strict=True), strict=True)):
            try:
                if n in por_partes:
                    yield self._por_partes(celdas)
                else:
                    yield self._dicho(celdas, leidas, [])
            except NoSeEntiende as error:
                yield error

    def _por_partes(self, celdas: Sequence[str]) -> Dicho:
        notas: list[Nota] = []
        leidas = [self._leer_una(*una, notas) for una in zip(self.columnas, celdas, strict=True)]
        return self._dicho(celdas, leidas, notas)

    def _dicho(self, celdas: Sequence[str], leidas: Sequence[Any], notas: list[Nota]) -> Dicho:
        valores = dict(zip(self._leidos, leidas, strict=True))
        cuce: str | None = valores["cuce"]
        if cuce is None:
            raise NoSeEntiende(Motivo.CUCE)
        self.derivar(valores, celdas, notas)
        fallas = [Falla.CUCE_CORREGIDO] if cuce != celdas[0] else []
        if notas:
            fallas += _de_notas(notas)
        fallas += self.mirar(valores, celdas)
        huella = self._huella.copy()
        huella.update("\x1f".join(celdas).encode())
        return Dicho(cuce, valores.get("numero"), huella.hexdigest(), self.de(valores), notas, fallas)


def _de_notas(notas: Sequence[Nota]) -> Iterator[Falla]:
    motivos = {nota.motivo for nota in notas}
    if Motivo.FECHA_IMPOSIBLE in motivos:
        yield Falla.FECHA_IMPOSIBLE
    if Motivo.REDONDEADO in motivos:
        yield Falla.REDONDEADO


def _nada(_valores: dict[str, Any], _celdas: Sequence[str], _notas: list[Nota]) -> None:
    pass


# --- Processes --------------------------------------------------------------------------------------------


def _categoria(valores: dict[str, Any], _celdas: Sequence[str], _notas: list[Nota]) -> None:
    valores["categoria"] = c.categoria(valores["tipo"]) if valores["tipo"] else None


def _de_convocatoria(valores: dict[str, Any], _celdas: Sequence[str]) -> Iterator[Falla]:
    publicado, presentacion, decidido = (
        valores["publicado"],
        valores["presentacion"],
        valores["decidido"],
    )
    # Without a call, SICOES is told afterwards: it is decided before it is published.
    con_llamado = not valores["cuce"].endswith("E")
    if (
        publicado
        and con_llamado
        and ((presentacion and presentacion < publicado) or (decidido and decidido < publicado))
    ):
        yield Falla.FECHAS_EN_DESORDEN
    if valores["normativa"] and c.es_departamento(valores["normativa"]):
        yield Falla.NORMA_ES_DEPARTAMENTO


def _de_proceso(valores: dict[str, Any], celdas: Sequence[str]) -> Iterator[Falla]:
    yield from _de_convocatoria(valores, celdas)
    if valores["total_referencial"] is None:
        yield Falla.SIN_REFERENCIA


def _convocatorias(visto_en: date) -> Forma:
    fecha = c.fecha(visto_en)
    columnas = (
        Columna("cuce", "cuce", c.cuce, repite=False),
        Columna("entidad", "entidad", c.texto(300)),
        Columna("tipo_de_contratacion", "tipo", c.texto(60)),
        Columna("modalidad", "modalidad", c.texto(30)),
        Columna("objeto_de_contratacion", "objeto", c.prosa(4000), repite=False),
        Columna("subasta", "subasta", c.logico),
        Columna("fecha_publicacion", "publicado", fecha),
        Columna("fecha_presentacion", "presentacion", fecha),
        Columna("estado", "estado", c.texto(100)),
        Columna("fecha_adjudicacion_desierta", "decidido", fecha),
        Columna("departamento", "departamento", c.departamento),
        Columna("normativa", "normativa", c.texto(120)),
    )
    return Forma(
        Formato.CONVOCATORIAS,
        "feria_historia_proceso",
        columnas,
        ("categoria",),
        _categoria,
        _de_convocatoria,
    )


def _procesos(visto_en: date) -> Forma:
    fecha = c.fecha(visto_en)
    columnas = (
        Columna("cuce", "cuce", c.cuce, repite=False),
        Columna("menciones", "menciones", c.texto(200)),
        Columna("entidad", "entidad", c.texto(300)),
        Columna("tipo_contratacion", "tipo", c.texto(60)),
        Columna("modalidad", "modalidad", c.texto(30)),
        Columna("objeto", "objeto", c.prosa(4000), repite=False),
        Columna("estado", "estado", c.texto(100)),
        Columna("subasta", "subasta", c.logico),
        Columna("fecha_presentacion", "presentacion", fecha),
        Columna("fecha_publicacion", "publicado", fecha),
        Columna("archivos", "archivos", c.prosa(1000), repite=False),
        Columna("formularios", "formularios", c.texto(300)),
        Columna("costo_pliego", "costo_pliego", c.monto),
        Columna("reunion_aclaracion", "reunion", c.texto(40)),
        Columna("fecha_adjudicacion_desierta", "decidido", fecha),
        Columna("departamento", "departamento", c.departamento),
        Columna("normativa", "normativa", c.texto(120)),
        Columna("total_adjudicado", "total_adjudicado", c.monto),
        Columna("total_recepcionado", "total_recibido", c.monto),
        Columna("total_referencial", "total_referencial", c.monto),
    )
    return Forma(
        Formato.PROCESOS,
        "feria_historia_proceso",
        columnas,
        ("categoria",),
        _categoria,
        _de_proceso,
    )


# --- Items ------------------------------------------------------------------------------------------------


_COLUMNAS_DE_ITEM = (
    Columna("cuce", "cuce", c.cuce, repite=False),
    Columna("numero", "numero", c.entero),
    Columna("codigo_unspsc", "unspsc_texto", c.texto(20)),
    Columna("objeto_de_gasto", "partida", c.texto(10)),
    Columna("descripcion_del_bien_o_servicio", "descripcion", c.prosa(4000), repite=False),
    Columna("unidad_de_medida", "unidad_texto", c.texto(100)),
    Columna("cantidad", "cantidad", c.cantidad),
    Columna("precio_referencial_unitario", "precio_referencial", c.precio),
    Columna("precio_referencial_total", "total_referencial", c.monto),
    Columna("nombre_o_razon_social_del_proponente_adjudicado", "proveedor", c.texto(300)),
    Columna("precio_unitario_adjudicado", "precio_adjudicado", c.precio),
    Columna("total_adjudicado", "total_adjudicado", c.monto),
    Columna("cantidad_recepcionada", "cantidad_recibida", c.cantidad),
    Columna("precio_unitario_real", "precio_recibido", c.precio),
    Columna("monto_real_ejecutado", "total_recibido", c.monto),
    Columna("estado", "estado", c.texto(100)),
    Columna("cronograma", "cronograma", c.texto(40)),
)


def _por_nombre(columnas: Sequence[Columna], celdas: Sequence[str]) -> dict[str, str]:
    return {columna.nombre: celda for columna, celda in zip(columnas, celdas, strict=True)}


def _vacias(celdas: Sequence[str]) -> bool:
    """Whether nothing is said but of which part of which process: its code and number come first."""
    return not any(celdas[2:])


def _de_lista(valores: dict[str, Any], celdas: Sequence[str], notas: list[Nota]) -> None:
    """The code in eight digits and the unit of our list, beside what was written."""
    crudas = _por_nombre(_COLUMNAS_DE_ITEM, celdas)
    valores |= dict.fromkeys(("unspsc", "unidad", "contenido", "contenido_unidad"))
    if escrito := crudas["codigo_unspsc"]:
        try:
            valores["unspsc"] = c.unspsc(escrito)
        except NoSeEntiende as error:
            notas.append(Nota("codigo_unspsc", error.motivo, como_se_ve(escrito)))
    if escrito := crudas["unidad_de_medida"]:
        try:
            valores["unidad"], valores["contenido"], valores["contenido_unidad"] = c.medida(escrito.strip())
        except NoSeEntiende as error:
            notas.append(Nota("unidad_de_medida", error.motivo, como_se_ve(escrito)))


_PRODUCTOS = (
    (
        "cantidad",
        "precio_referencial_unitario",
        "precio_referencial_total",
        Falla.REFERENCIAL_DISTINTO,
    ),
    (
        "cantidad",
        "precio_unitario_adjudicado",
        "total_adjudicado",
        Falla.ADJUDICADO_DISTINTO,
    ),
    (
        "cantidad_recepcionada",
        "precio_unitario_real",
        "monto_real_ejecutado",
        Falla.RECIBIDO_DISTINTO,
    ),
)


def _de_item(valores: dict[str, Any], celdas: Sequence[str]) -> Iterator[Falla]:
    """Quantity × price is the total to the centavo, as they were written."""
    crudas = _por_nombre(_COLUMNAS_DE_ITEM, celdas)
    if _vacias(celdas):
        yield Falla.VACIO
        return
    for cantidad, unitario, total, falla in _PRODUCTOS:
        try:
            por, de, da = (c.exacto(crudas[x].strip()) for x in (cantidad, unitario, total))
        except NoSeEntiende:
            continue
        if abs(por * de - da) > _CENTAVO:
            yield falla
    if valores["precio_referencial"] is None and valores["total_referencial"] is None:
        yield Falla.SIN_REFERENCIA


def _items(_visto_en: date) -> Forma:
    derivadas = ("unspsc", "unidad", "contenido", "contenido_unidad")
    return Forma(
        Formato.ITEMS,
        "feria_historia_item",
        _COLUMNAS_DE_ITEM,
        derivadas,
        _de_lista,
        _de_item,
        con_numero=True,
    )


# --- Awards -----------------------------------------------------------------------------------------------


def _de_adjudicado(valores: dict[str, Any], celdas: Sequence[str]) -> Iterator[Falla]:
    if _vacias(celdas):
        yield Falla.VACIO
    contrato, recibido = valores["contrato_fecha"], valores["recibido_fecha"]
    if contrato and recibido and recibido < contrato:
        yield Falla.FECHAS_EN_DESORDEN


def _adjudicados(visto_en: date) -> Forma:
    fecha = c.fecha(visto_en)
    columnas = (
        Columna("cuce", "cuce", c.cuce, repite=False),
        Columna("numero", "numero", c.entero),
        Columna("nombre_proponente", "proveedor", c.texto(300)),
        Columna("monto_adjudicado", "monto", c.monto),
        Columna("nro_de", "contrato", c.texto(100)),
        Columna("monto_de", "contrato_monto", c.monto),
        Columna("fecha_1", "contrato_fecha", fecha),
        Columna("monto", "recibido_monto", c.monto),
        Columna("fecha_2", "recibido_fecha", fecha),
        Columna("rupe", "rupe", c.texto(40)),
        Columna("estado", "estado", c.texto(100)),
    )
    return Forma(
        Formato.ADJUDICADOS,
        "feria_historia_adjudicado",
        columnas,
        (),
        _nada,
        _de_adjudicado,
        con_numero=True,
    )


_FORMAS: Mapping[Formato, Callable[[date], Forma]] = {
    Formato.CONVOCATORIAS: _convocatorias,
    Formato.PROCESOS: _procesos,
    Formato.ITEMS: _items,
    Formato.ADJUDICADOS: _adjudicados,
}


def forma_de(formato: str, visto_en: date) -> Forma:
    return _FORMAS[Formato(formato)](visto_en)


def dice_quien_atiende(cabeza: Sequence[str]) -> bool:
    return any(celda.strip().lower() in SIN_LEER for celda in cabeza)


def reconocer(cabeza: Sequence[str]) -> Formato | None:
    """Of which shape this is the heading; None if it is of none."""
    return next(
        (f for f, forma in _FORMAS.items() if forma(date.max).orden(cabeza) is not None),
        None,
    )
