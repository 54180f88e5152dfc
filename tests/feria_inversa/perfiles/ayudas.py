"""Items of the history for tests, in the market."""

from feria_inversa.panorama import llevar_historia
from feria_inversa.perfiles import calcular_precios
from tests.feria_inversa.importar.ayudas import CABEZA, renglon, traer

ITEMS_CABEZA = (
    "cuce,numero,codigo_unspsc,objeto_de_gasto,descripcion_del_bien_o_servicio,unidad_de_medida,cantidad,"
    "precio_referencial_unitario,precio_referencial_total,nombre_o_razon_social_del_proponente_adjudicado,"
    "precio_unitario_adjudicado,total_adjudicado,cantidad_recepcionada,precio_unitario_real,"
    "monto_real_ejecutado,estado,cronograma\n"
)


def items(*pedidos: tuple[str, str, str, str], unspsc: str = "4213000", proveedor: str = "P-1") -> str:
    """A line for each (thing, unit, reference, award), two of it, each in a process of its own."""
    return "".join(
        f"24-0389-00-{n:07d}-1-1,1,{unspsc},34200,{que},{unidad},2,{referencia},{_por_dos(referencia)},"
        f"{proveedor},{precio},{_por_dos(precio)},2,{precio},{_por_dos(precio)},Contratado,Cronograma 0\n"
        for n, (que, unidad, referencia, precio) in enumerate(pedidos, 1)
    )


def _por_dos(precio: str) -> str:
    return f"{float(precio) * 2}" if precio else ""


def llevar(*pedidos: tuple[str, str, str, str], unspsc: str = "4213000", proveedor: str = "P-1") -> None:
    """Their processes, of one entity and one day, and their items."""
    traer(CABEZA + "".join(renglon(n) for n in range(1, len(pedidos) + 1)))
    traer(ITEMS_CABEZA + items(*pedidos, unspsc=unspsc, proveedor=proveedor))
    llevar_historia()
    calcular_precios()
