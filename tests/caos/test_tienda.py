"""People buy, cancel, receive and claim while everything dies: each story ends as the last thing that was
acknowledged of it says, and order, custody, parcels, claims and ledger tell the same."""

import os
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from tests.ayudas.viva import PlataformaViva
from tests.caos.test_muertes import sin_prisa
from tests.caos.verdugo import Verdugo
from tests.jornadas.ayudas import ENTREGA, Cliente

MUERTES = int(os.environ.get("QHATU_PRUEBAS_MUERTES", "0")) // 4 or 6
COMPRADORES = ("ana", "luis")
PACIENCIA_S = 120  # several deaths may come one after another
MOTIVO = {"motivo": "Se hizo mientras todo se caía."}

SALIDAS = ("entregado", "concluido")

pytestmark = pytest.mark.lento


class Tienda:
    """One buyer's stories with one seller, whose goods are picked up at theirs."""

    def __init__(self, viva: PlataformaViva, comprador: str, variante: str, azar: random.Random) -> None:
        quienes = (Cliente(viva, p, PACIENCIA_S) for p in (comprador, "cafe", "regulador"))
        self.quien, self.vende, self.decide = quienes
        self.variante, self.azar = variante, azar
        self.unidad = self.vende.unidad()
        self.hechas: dict[str, tuple[str, int]] = {}  # by purchase: state of its order and pieces it keeps

    def historia(self, _n: int) -> str:
        compra = str(uuid4())
        cuerpo = {
            "id": compra,
            "lineas": [{"variante_id": self.variante, "cantidad": 2}],
            "entrega": ENTREGA,
            "formas": [{"vendedor_id": self.unidad, "forma": "retiro"}],
        }
        (pedido,) = self.quien.enviar("/pedidos", cuerpo)["pedidos"]
        ruta = f"/pedidos/{pedido['id']}"
        como = self.azar.choice((self.cancela, self.cancela_una, self.conforme, self.reclama))
        self.hechas[compra] = como(ruta)
        return como.__name__

    def cancela(self, ruta: str) -> tuple[str, int]:
        self.quien.enviar(f"{ruta}/cancelacion", MOTIVO, 200)
        return "cancelado", 0

    def cancela_una(self, ruta: str) -> tuple[str, int]:
        (linea,) = self.quien.leer(ruta)["lineas"]
        una = {"lineas": [{"linea_id": linea["id"], "cantidad": 1}]}
        self.vende.enviar(f"{ruta}/cancelacion", MOTIVO | una, 200)
        return "pagado", 1

    def conforme(self, ruta: str) -> tuple[str, int]:
        self._entregar(ruta)
        self.quien.enviar(f"{ruta}/conformidad", espera=200)
        return "concluido", 2

    def reclama(self, ruta: str) -> tuple[str, int]:
        """A part goes back by the authority's decision; the rest waits for its date."""
        self._entregar(ruta)
        queja = {"motivo": "danado", "relato": "Una bolsa llegó abierta."}
        reclamo = self.quien.enviar(f"{ruta}/reclamos", queja)
        suyo = f"/reclamos-de-compra/{reclamo['id']}"
        self.vende.enviar(f"{suyo}/respuesta", {"que": "rechazar", "texto": "Salió cerrada."}, 200)
        self.quien.enviar(f"{suyo}/postura", {"que": "mediar", "texto": "Que decida la autoridad."}, 200)
        monto = {"monto": "1.00", "moneda": "BOB"}
        self.decide.enviar(f"{suyo}/decision", {"motivos": "Se devuelve una parte.", "monto": monto}, 204)
        return "entregado", 2

    def _entregar(self, ruta: str) -> None:
        self.vende.enviar(f"{ruta}/preparacion", espera=200)
        self.vende.enviar(f"{ruta}/alistamiento", espera=200)
        (paquete,) = self.quien.leer(ruta)["paquetes"]
        self.vende.enviar(f"{ruta}/entrega-en-mano", {"codigo_entrega": paquete["codigo_entrega"]}, 200)


def test_cada_compra_termina_como_se_dijo_mientras_todo_muere(plataforma_viva: PlataformaViva) -> None:
    viva = plataforma_viva
    sin_prisa(viva)
    variante, existencia = _la_que_mas_hay(viva)
    ((antes,),) = viva.en_la_base("SELECT existencia FROM comercio_existencia WHERE id = %s", existencia)
    verdugo = Verdugo(viva, MUERTES, MUERTES * 1.5, random.Random(11))
    tiendas = [Tienda(viva, c, variante, random.Random(n)) for n, c in enumerate(COMPRADORES * 2)]

    def comprar(tienda: Tienda) -> list[str]:
        contadas: list[str] = []
        while verdugo.is_alive() or len(contadas) < 4:
            contadas.append(tienda.historia(len(contadas)))
        return contadas

    verdugo.start()
    try:
        with ThreadPoolExecutor(len(tiendas)) as hilos:
            contadas = Counter(c for suyas in hilos.map(comprar, tiendas) for c in suyas)
    finally:
        verdugo.basta.set()
        verdugo.join()
    assert verdugo.fallo is None, viva.salida()
    print(f"\ncompras bajo muertes: {dict(contadas)}, muertes {dict(verdugo.hechas)}")

    dichas = {compra: fin for tienda in tiendas for compra, fin in tienda.hechas.items()}
    # Who sells is paid by the sweep, which must be alive again.
    viva.esperar(lambda: _por_entregar(viva) == 0 and _de_la_base(viva, list(dichas)) == dichas, plazo_s=180)
    quedan = antes - sum(piezas for estado, piezas in dichas.values() if estado in SALIDAS)
    ((ahora,),) = viva.en_la_base("SELECT existencia FROM comercio_existencia WHERE id = %s", existencia)
    assert ahora == quedan
    verificacion = viva.orden("verify", "todo")
    assert verificacion.returncode == 0, verificacion.stdout + verificacion.stderr


def _la_que_mas_hay(viva: PlataformaViva) -> tuple[str, Any]:
    """A variant of the seller's on sale, and its stock."""
    vende = Cliente(viva, "cafe")
    filas = viva.en_la_base(
        "SELECT v.id::text, e.id FROM comercio_producto p JOIN comercio_variante v ON v.producto_id = p.id"
        " JOIN comercio_existencia e ON e.variante_id = v.id"
        " WHERE p.vendedor_id = %s AND p.estado = 'publicado' AND p.modalidad = 'envio'"
        " ORDER BY e.existencia - e.reservado DESC LIMIT 1",
        vende.unidad(),
    )
    return filas[0][0], filas[0][1]


def _por_entregar(viva: PlataformaViva) -> int:
    ((n,),) = viva.en_la_base("SELECT count(*) FROM nucleo_entrega WHERE hecha_en IS NULL")
    return int(n)


def _de_la_base(viva: PlataformaViva, compras: list[str]) -> dict[str, tuple[str, int]]:
    """The state of the order of each purchase, and the pieces of it that were not cancelled."""
    filas = viva.en_la_base(
        "SELECT p.compra_id::text, p.estado,"
        " ((SELECT sum(l.cantidad) FROM comercio_pedido_linea l WHERE l.pedido_id = p.id)"
        " - (SELECT coalesce(sum(c.cantidad), 0) FROM comercio_pedido_cancelacion c"
        " WHERE c.pedido_id = p.id))::int"
        " FROM comercio_pedido p WHERE p.compra_id = ANY(%s::uuid[])",
        compras,
    )
    assert len(filas) == len(compras)
    return {compra: (estado, piezas) for compra, estado, piezas in filas}
