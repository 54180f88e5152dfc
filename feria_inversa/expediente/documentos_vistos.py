"""What the pages of both qualifications, of the technical part and of bids, ask alike: who may write them,
some bids at a time, and of each, document by document, whether it brings it.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.documentos import Pedido
from feria_inversa.evaluacion import PRESENTE, SIGUE, VerificadoEntrada
from feria_inversa.procesos import ConvocatoriaNoEncontrada, convocatoria_visible, puede_gestionar
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.formularios import FILAS_DE_PAGINAS, Hoja, PaginaDeFilas, desempacar, empacar, numeros_de

OFERTAS_A_LA_VEZ = 10
RENGLONES_A_LA_VEZ = 200
"""Of what is read or asked of the bids of a page."""
Casillas = dict[tuple[UUID, int], int]


@dataclass(frozen=True, slots=True)
class PorPartes:
    """A page of the form of a qualification, of as many bids as there are: those that it shows (`mostrar`,
    by their number in it) and the rows of each list of the form that belong to each bid.
    """

    mostrar: PaginaDeFilas[UUID]
    filas: Mapping[str, Mapping[UUID, Sequence[int]]]
    campos: Mapping[str, Sequence[str]]

    @classmethod
    def de(
        cls,
        ofertas: Sequence[UUID],
        casillas: Mapping[str, Casillas],
        campos: Mapping[str, Sequence[str]],
        *,
        renglones: int,
        ver: int,
        hoja: Hoja[Any] | None,
    ) -> "PorPartes":
        """The page that begins at `ver`, or that of what is wrong. `renglones`: how much is read of each."""
        numeros = {id_: n for n, id_ in enumerate(ofertas, start=1)}
        filas: dict[str, dict[UUID, list[int]]] = {"revisadas": {id_: [n] for id_, n in numeros.items()}}
        for lista, suyas in casillas.items():
            for (oferta_id, _numero), fila in suyas.items():
                filas.setdefault(lista, {}).setdefault(oferta_id, []).append(fila)
        de_una = max([renglones, *(len(f) for suyas in filas.values() for f in suyas.values())])
        a_la_vez = max(1, min(OFERTAS_A_LA_VEZ, RENGLONES_A_LA_VEZ // de_una))
        con_error = [] if hoja is None else _con_error(hoja, filas, numeros)
        en_orden = dict(enumerate(ofertas, start=1))
        return cls(PaginaDeFilas.de(en_orden, a_la_vez, ver, con_error), filas, campos)

    @property
    def caben(self) -> bool:
        """In the form; a larger qualification comes by the API."""
        filas = (fila for suyas in self.filas.values() for de_una in suyas.values() for fila in de_una)
        return max(filas, default=0) <= FILAS_DE_PAGINAS

    def resto(self, valores: Mapping[str, str]) -> dict[str, str]:
        """What was said of the bids that the page does not show, to go in it unseen."""
        fuera = [self.mostrar.filas[n] for n in self.mostrar.resto]
        return {
            entrada: dicho
            for lista, suyas in self.filas.items()
            for entrada, dicho in empacar(
                valores, lista, self.campos[lista], (f for id_ in fuera for f in suyas.get(id_, ()))
            ).items()
        }

    def por_llenar(self, valores: Mapping[str, str], obligatorios: Mapping[str, str]) -> list[int]:
        """The places of the bids of other pages of which something is not said yet, of what is asked by the
        field of each list (`obligatorios`); of who is left out only the documents are asked.
        """
        return [
            n - 1
            for n in self.mostrar.resto
            if any(
                not valores.get(f"{lista}.{fila}.{campo}")
                for lista, campo in obligatorios.items()
                if lista == "documentos" or valores.get(f"revisadas.{n}.causa") == SIGUE
                for fila in self.filas.get(lista, {}).get(self.mostrar.filas[n], ())
            )
        ]


def _con_error(
    hoja: Hoja[Any], filas: Mapping[str, Mapping[UUID, Sequence[int]]], numeros: Mapping[UUID, int]
) -> list[int]:
    """The numbers of the bids of which the form says that something is wrong."""
    de_fila = {
        (lista, f): numeros[id_] for lista, suyas in filas.items() for id_, fs in suyas.items() for f in fs
    }
    malas = [de_fila.get((lista, f)) for lista in filas for f in numeros_de(hoja.errores, lista)]
    if not any(malas) and hoja.error is not None:  # of a bid as a whole: named by its place
        malas = [lugar + 1 for lugar in numeros_de(hoja.error.campos or (), "revisadas")]
    return [n for n in malas if n is not None]


def desplegar(valores: MutableMapping[str, str], campos: Mapping[str, Sequence[str]]) -> None:
    """The rows of every list of the form, also of the bids that its page did not show."""
    for lista, suyos in campos.items():
        desempacar(valores, lista, suyos)


def de_quien_evalua(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    """The process, for whoever evaluates it; for who does not work for its entity there is no such page."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    return convocatoria


def de_documentos(ofertas: Sequence[UUID], pedidos: Sequence[Pedido]) -> Casillas:
    """The row in which it is asked of each bid whether it brings each document."""
    pares = ((oferta_id, pedido.numero) for oferta_id in ofertas for pedido in pedidos)
    return {par: n for n, par in enumerate(pares, start=1)}


def los_leidos(contexto: Mapping[str, Any], filas: Casillas) -> dict[str, Any]:
    """The documents that came with the bids and can be read are there, until somebody says otherwise."""
    leidos = {
        (oferta_id, d.numero) for _n, oferta_id, suyos in contexto["traidos"] for d in suyos if d.leido_id
    }
    return {f"documentos.{fila}.presente": PRESENTE for par, fila in filas.items() if par in leidos}


def verificados(hoja: Hoja[Any], filas: Casillas) -> dict[UUID, list[VerificadoEntrada]]:
    """What was said of the documents of each bid. A row that is not there is left to the use case to miss."""
    documentos = dict(zip(hoja.filas("documentos"), hoja.datos.documentos, strict=True))
    dichos: dict[UUID, list[VerificadoEntrada]] = {}
    for (oferta_id, numero), fila in filas.items():
        if fila in documentos:
            presente = documentos[fila].presente == PRESENTE
            dicho = VerificadoEntrada.model_construct(numero=numero, presente=presente)
            dichos.setdefault(oferta_id, []).append(dicho)
    return dichos
